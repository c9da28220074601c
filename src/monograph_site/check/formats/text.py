"""For people: `text`, each finding with its line of the source and the characters underlined, and
`summary`, a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ...model.excerpt import ellipses, window
from ...model.finding import Finding, Severity
from ...model.strings import printable
from .style import BOLD, FAINT, counts, paint
from .view import View

_COLUMNS = ("code", "name", "severity", "found", "files", "first")
_NUMBERS = (3, 4)
_LEAST = 20
"""Columns that a line of source gets on the narrowest terminal."""


class Excerpt(NamedTuple):
    """A line of source as a terminal shows it."""

    text: str
    before: int
    """Columns before the first underlined one."""
    marked: int
    """Columns that are underlined."""


def write_text(view: View) -> Iterator[str]:
    """Errors and warnings by place, infos too where they are asked for; then a table of all kinds."""
    for one in view.shown():
        yield "".join(f"{line}\n" for line in _lines(one, view))
    if view.found:
        yield from write_summary(view)
        worst = min(view.found, key=lambda one: one.severity.rank)
        yield f"\n`monograph-site explain {worst.code}` says what a finding means and how to mend it.\n"
    hidden = 0 if view.verbose else counts(view.found)[Severity.INFO]
    if hidden:
        yield f"{hidden:,} info findings are only counted; --verbose shows them.\n"


def _lines(one: Finding, view: View) -> Iterator[str]:
    kind = f"{one.code} {one.name}"
    if one.severity is not Severity.of_code(one.code):
        kind += f" [{one.severity.value}]"
    fixable = paint(" [fixable]", FAINT, view.colour) if one.fixable else ""
    place, kind = (
        paint(printable(view.place(one)), BOLD, view.colour),
        paint(kind, one.severity, view.colour),
    )
    yield f"{place} {kind}: {printable(one.message)}{fixable}"
    number = str(one.span.line) if one.excerpt else ""
    bar = paint(f"{'':{len(number)}} |", FAINT, view.colour)
    if number:
        shown = excerpt(one, max(view.width - len(number) - 3, _LEAST))
        yield bar
        yield f"{paint(f'{number} |', FAINT, view.colour)} {shown.text}"
        yield f"{bar} {'':{shown.before}}{paint('^' * shown.marked, one.severity, view.colour)}"
    if one.hint:
        yield f"{'':{len(number)}} = help: {printable(one.hint)}"
    yield ""


def excerpt(one: Finding, room: int) -> Excerpt:
    """The line of a finding in so many columns: where it is longer, what stands around the finding.

    Signs count as wide as a terminal shows them; those that can't be seen are written as Python
    escapes them.
    """
    signs, widths = _shown(one.excerpt)
    at = min(max(one.span.column - one.excerpt_from, 0), len(signs))
    stop = min(at + one.length, len(signs))
    start, end = 0, len(signs)
    if sum(widths) > room - 2:
        start, end = _window(widths, at, room - 2)
    left, right = ellipses(one, start, end)
    return Excerpt(
        left + "".join(signs[start:end]) + right,
        len(left) + sum(widths[start:at]),
        max(sum(widths[at : min(stop, end)]), 1),
    )


def _window(widths: Sequence[int], at: int, room: int) -> tuple[int, int]:
    """The characters that fit around one of them: see `window`, here in columns."""
    total = [0, *accumulate(widths)]
    start = bisect_left(total, window(total[-1], total[at], room)[0])
    return start, bisect_right(total, total[start] + room) - 1


def _shown(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """What a terminal shows for each sign of a text, and how many columns that takes."""
    if text.isascii() and text.isprintable():
        return text, [1] * len(text)
    from rich.cells import get_character_cell_size  # most findings stand in plain ASCII lines

    signs = ["    " if sign == "\t" else printable(sign) for sign in text]
    return signs, [len(sign) if len(sign) > 1 else get_character_cell_size(sign) for sign in signs]


def write_summary(view: View) -> Iterator[str]:
    """The table, errors first, then by code; nothing where nothing was found."""
    kinds: dict[tuple[int, str], list[Finding]] = {}
    for one in view.found:
        kinds.setdefault((one.severity.rank, one.code), []).append(one)
    rows = [(some[0].severity, _table_row(view, some)) for _, some in sorted(kinds.items())]
    if not rows:
        return
    widths = [
        max(len(row[at]) for row in (_COLUMNS, *(row for _, row in rows)))
        for at in range(len(_COLUMNS))
    ]
    yield paint(_table_line(_COLUMNS, widths), BOLD, view.colour) + "\n"
    for severity, row in rows:
        line = _table_line(row, widths)
        yield paint(line[: widths[0]], severity, view.colour) + line[widths[0] :] + "\n"


def _table_row(view: View, some: Sequence[Finding]) -> tuple[str, ...]:
    first, files = some[0], len({one.path for one in some if one.path})
    numbers = (f"{len(some):,}", f"{files:,}" if files else "-")
    return first.code, first.name, first.severity.value, *numbers, printable(view.place(first))


def _table_line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if at in _NUMBERS else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
