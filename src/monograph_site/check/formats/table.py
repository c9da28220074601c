"""`summary`: one line for each kind of finding, and how many there are of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.finding import Diagnostic
from ...model.strings import printable
from .style import BOLD, paint
from .view import View

_HEAD = ("code", "name", "severity", "found", "files", "first")
_NUMBERS = (3, 4)


def write(view: View) -> Iterator[str]:
    """The table, errors first, then by code; nothing where nothing was found."""
    kinds: dict[tuple[int, str], list[Diagnostic]] = {}
    for one in view.found:
        kinds.setdefault((one.severity.rank, one.code), []).append(one)
    rows = [(some[0].severity, _row(view, some)) for _, some in sorted(kinds.items())]
    if not rows:
        return
    widths = [max(len(row[at]) for row in (_HEAD, *(row for _, row in rows))) for at in range(len(_HEAD))]
    yield paint(_line(_HEAD, widths), BOLD, view.colour) + "\n"
    for severity, row in rows:
        line = _line(row, widths)
        yield paint(line[: widths[0]], severity, view.colour) + line[widths[0] :] + "\n"


def _row(view: View, some: Sequence[Diagnostic]) -> tuple[str, ...]:
    first, files = some[0], len({one.path for one in some if one.path})
    numbers = (f"{len(some):,}", f"{files:,}" if files else "-")
    return first.code, first.name, first.severity.value, *numbers, printable(view.place(first))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if at in _NUMBERS else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
