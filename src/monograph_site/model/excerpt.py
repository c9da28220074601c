"""Findings with the line of source they are about, so that they can be shown when the source is not
at hand; and the part of a long line that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from .finding import Finding
from .source import Source, Span

MAX_EXCERPT_LENGTH = 240
"""Characters of a line that are kept: a paragraph of a monograph is one line of a thousand."""
ELLIPSIS = "…"


def window(length: int, at: int, room: int) -> tuple[int, int]:
    """Start and end of the part of a line that is shown where only `room` of its `length`
    characters (or columns) fit: a third of the room before the offset `at`, the rest after it, and
    what is not needed after it before it."""
    start = max(0, min(at - room // 3, length - room))
    return start, min(length, start + room)


def ellipses(finding: Finding, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a part of the excerpt of a finding: an ellipsis where the line
    goes on, else ''."""
    excerpt = finding.excerpt
    is_cut_before = start > 0 or finding.excerpt_from > 1
    is_cut_after = end < len(excerpt) or len(excerpt) >= MAX_EXCERPT_LENGTH
    return ELLIPSIS * is_cut_before, ELLIPSIS * is_cut_after


def with_excerpts(findings: Iterable[Finding], source: Source) -> tuple[Finding, ...]:
    """The findings, those in this source with their line as it is in the file; a finding that has
    an excerpt keeps it.

    In a line that was repaired from mis-encoding, the column becomes that of the line in the file.
    """
    findings = tuple(findings)
    lines = source.lines if findings else []

    def with_excerpt(finding: Finding) -> Finding:
        is_here = finding.path == source.path and 0 < finding.span.line <= len(lines)
        return _with_excerpt(finding, lines, source) if is_here and not finding.excerpt else finding

    return tuple(map(with_excerpt, findings))


def _with_excerpt(finding: Finding, lines: list[str], source: Source) -> Finding:
    number, column, length = finding.span.line, finding.span.column, finding.length
    line = lines[number - 1]
    if number in source.raw:
        repaired = source.raw[number]
        line, column = repaired.line, repaired.offset(column - 1) + 1
        end = repaired.offset(finding.span.column - 1 + length) + 1
        length = max(end - column, 1)
    start, end = window(len(line), column - 1, MAX_EXCERPT_LENGTH)
    return replace(
        finding,
        span=Span(number, column),
        length=length,
        excerpt=line[start:end],
        excerpt_from=start + 1,
    )
