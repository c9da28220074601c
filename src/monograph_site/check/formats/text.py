"""For people: `text`, which shows each finding in its line of source, and `summary`, a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ...model.excerpt import ellipses, window
from ...model.finding import Finding, Severity
from ...model.strings import printable
from .style import BOLD, FAINT, count_by_severity, paint, plural
from .view import View

_COLUMNS = ("code", "name", "severity", "found", "files", "first")
_NUMBER_COLUMNS = (3, 4)
MIN_WIDTH = 20
"""Columns of a line of source on the narrowest terminal."""


class Excerpt(NamedTuple):
    """A line of source, or a part of it, as a terminal shows it."""

    text: str
    before: int
    """Columns before the first underlined one."""
    underlined: int
    """Number of underlined columns."""


def write_text(view: View) -> Iterator[str]:
    """Errors and warnings by place, info findings too if the view is verbose; then the table."""
    for finding in view.listed():
        yield "".join(f"{line}\n" for line in _lines(finding, view))
    if view.findings:
        yield from write_summary(view)
        worst = min(view.findings, key=lambda finding: finding.severity.rank)
        yield f"\n`monograph-site explain {worst.code}` explains a finding and how to fix it.\n"
    hidden = 0 if view.verbose else count_by_severity(view.findings)[Severity.INFO]
    if hidden:
        yield f"{plural(hidden, 'info finding')} hidden; --verbose lists them.\n"


def _lines(finding: Finding, view: View) -> Iterator[str]:
    kind = f"{finding.code} {finding.name}"
    if finding.severity is not Severity.of_code(finding.code):
        kind += f" [{finding.severity.value}]"
    kind = paint(kind, finding.severity, view.colour)
    place = paint(printable(view.place(finding)), BOLD, view.colour)
    yield f"{place} {kind}: {printable(finding.message)}"
    number = str(finding.span.line) if finding.excerpt else ""
    bar = paint(f"{'':{len(number)}} |", FAINT, view.colour)
    if number:
        source = excerpt(finding, max(view.width - len(number) - 3, MIN_WIDTH))
        carets = paint("^" * source.underlined, finding.severity, view.colour)
        yield bar
        yield f"{paint(f'{number} |', FAINT, view.colour)} {source.text}"
        yield f"{bar} {'':{source.before}}{carets}"
    if finding.hint:
        yield f"{'':{len(number)}} = help: {printable(finding.hint)}"
    yield ""


def excerpt(finding: Finding, width: int) -> Excerpt:
    """The line of a finding in `width` columns; of a longer line, the part around the finding.

    Characters count as wide as a terminal shows them; invisible ones are written as Python escapes
    them.
    """
    cells, widths = _cells(finding.excerpt)
    first = min(max(finding.span.column - finding.excerpt_from, 0), len(cells))
    last = min(first + finding.length, len(cells))
    start, end = 0, len(cells)
    if sum(widths) > width - 2:
        start, end = _window(widths, first, width - 2)
    left, right = ellipses(finding, start, end)
    return Excerpt(
        left + "".join(cells[start:end]) + right,
        len(left) + sum(widths[start:first]),
        max(sum(widths[first : min(last, end)]), 1),
    )


def _window(widths: Sequence[int], at: int, width: int) -> tuple[int, int]:
    """The characters that fit around one of them: see `window`, here in columns."""
    total = [0, *accumulate(widths)]
    start = bisect_left(total, window(total[-1], total[at], width)[0])
    return start, bisect_right(total, total[start] + width) - 1


def _cells(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """What a terminal shows for each character of a text, and in how many columns."""
    if text.isascii() and text.isprintable():
        return text, [1] * len(text)
    from rich.cells import get_character_cell_size  # slow to import, and most lines are plain ASCII

    cells = ["    " if char == "\t" else printable(char) for char in text]
    return cells, [len(cell) if len(cell) > 1 else get_character_cell_size(cell) for cell in cells]


def write_summary(view: View) -> Iterator[str]:
    """The table, errors first, then by code; nothing where there are no findings."""
    by_code: dict[tuple[int, str], list[Finding]] = {}
    for finding in view.findings:
        by_code.setdefault((finding.severity.rank, finding.code), []).append(finding)
    rows = [(group[0].severity, _table_row(view, group)) for _, group in sorted(by_code.items())]
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


def _table_row(view: View, findings: Sequence[Finding]) -> tuple[str, ...]:
    first, files = findings[0], len({finding.path for finding in findings if finding.path})
    numbers = (f"{len(findings):,}", f"{files:,}" if files else "-")
    return first.code, first.name, first.severity.value, *numbers, printable(view.place(first))


def _table_line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if at in _NUMBER_COLUMNS else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
