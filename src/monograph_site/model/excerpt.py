"""Findings with the line of source they are about, so that they can be shown when the source is out
of reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .finding import Finding
from .source import Source, Span

LONGEST = 240
"""Characters of a line that are kept: a paragraph of a monograph is one line of a thousand."""
_BEFORE = 80


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
        start = max(0, min(column - 1 - _BEFORE, len(line) - LONGEST)) if len(line) > LONGEST else 0
        excerpt = line[start : start + LONGEST]
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
