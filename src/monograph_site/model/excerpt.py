"""Findings with the line of source they are about, so that they can be shown without the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .finding import Finding
from .source import Source, Span

LONGEST = 240
"""Characters of a line that are kept: a paragraph of a monograph is one line of a thousand."""
_CONTEXT_BEFORE = 80
"""Characters that are kept before the column of the finding, in a longer line."""


def with_excerpts(findings: Iterable[Finding], source: Source) -> tuple[Finding, ...]:
    """The findings, those in this source with their line as it is in the file; a finding that has
    an excerpt keeps it.

    In a line that was repaired from mis-encoding, the column becomes that of the line in the file.
    """
    findings = tuple(findings)
    lines = source.text.split("\n") if findings else []

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
    start = 0
    if len(line) > LONGEST:
        start = max(0, min(column - 1 - _CONTEXT_BEFORE, len(line) - LONGEST))
    return replace(
        finding,
        span=Span(number, column),
        length=length,
        excerpt=line[start : start + LONGEST],
        excerpt_from=start + 1,
    )
