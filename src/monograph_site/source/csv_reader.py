"""CSV (RFC 4180) with the place of every cell."""

from __future__ import annotations

from typing import NamedTuple

from ..model.finding import Finding
from ..model.source import Source
from .findings_data import UNCLOSED_CELL

DELIMITERS = (",", ";", "\t", "|")
"""What may be between cells; that which the first line has most often is."""


class Cell(NamedTuple):
    """A cell, and its offsets in the file, with its quotes."""

    text: str
    start: int
    end: int


def read_csv(source: Source) -> tuple[list[list[Cell]], tuple[Finding, ...]]:
    """The rows of a CSV file without the blank ones, and a finding on a quote that is not closed."""
    text = source.text
    first_line = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at = 0
    findings: tuple[Finding, ...] = ()
    while at < len(text):
        cell, at, is_closed = _cell(text, at, delimiter)
        row.append(cell)
        if not is_closed:
            message = "The quotation mark that opens this cell is not closed.\nClose it."
            findings = (UNCLOSED_CELL.at(source.path, source.span(cell.start), message),)
        if at >= len(text) or text[at] == "\n":
            if any(each.text.strip() for each in row):
                rows.append(row)
            row = []
        at += 1
    if row:  # the last line ends in a delimiter
        rows.append([*row, Cell("", at, at)])
    return rows, findings


def _cell(text: str, start: int, delimiter: str) -> tuple[Cell, int, bool]:
    """The cell at an offset, the offset behind it, and whether its quotes are closed."""
    if text[start] != '"':
        end = start
        while end < len(text) and text[end] not in (delimiter, "\n"):
            end += 1
        return Cell(text[start:end], start, end), end, True
    parts: list[str] = []
    at = start + 1
    while True:
        close = text.find('"', at)
        if close < 0:
            return Cell("".join((*parts, text[at:])), start, len(text)), len(text), False
        parts.append(text[at:close])
        if text.startswith('""', close):
            parts.append('"')
            at = close + 2
            continue
        end = close + 1
        while end < len(text) and text[end] not in (delimiter, "\n"):
            end += 1
        parts.append(text[close + 1 : end])
        return Cell("".join(parts), start, end), end, True
