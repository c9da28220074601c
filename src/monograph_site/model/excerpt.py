"""Findings with the line of source they are about, so that they can be shown when the source is not
at hand; and the part of a long line that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .finding import Finding
from .source import Source, Span

LONGEST = 240
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
    is_cut_after = end < len(excerpt) or len(excerpt) >= LONGEST
    return ELLIPSIS * is_cut_before, ELLIPSIS * is_cut_after


def with_excerpts(found: Iterable[Finding], source: Source) -> tuple[Finding, ...]:
    """The findings in this source, each with its line as it stands in the file; those that have
    theirs are left.

    In a line that was repaired from mis-encoding the column becomes that of the line as it stands
    in the file.
    """
    lines: list[str] = []
    made: list[Finding] = []
    for one in found:
        lines = lines or source.text.split("\n")
        if one.excerpt or one.path != source.path or not 0 < one.span.line <= len(lines):
            made.append(one)
            continue
        line, column, number, length = (
            lines[one.span.line - 1],
            one.span.column,
            one.span.line,
            one.length,
        )
        if number in source.raw:
            raw = source.raw[number]
            line, column = raw.line, raw.offset(column - 1) + 1
            length = max(raw.offset(one.span.column - 1 + length) + 1 - column, 1)
        start, end = window(len(line), column - 1, LONGEST)
        excerpt = line[start:end]
        made.append(
            replace(
                one,
                span=Span(number, column),
                length=length,
                excerpt=excerpt,
                excerpt_from=start + 1,
            )
        )
    return tuple(made)
