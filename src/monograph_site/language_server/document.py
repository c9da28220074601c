"""An open file, as its editor shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ..check.inspect import findings_of_text
from ..edit.fixes import Page
from ..edit.text import FileText
from ..model.files import SOURCE_SUFFIXES
from ..model.finding import Finding
from ..model.source import Span
from ..regex import regex
from .positions import Positions
from .site_index import SiteIndex

_FENCES = regex(r"\A(?:---|\+\+\+)[ \t]*\n((?:.*\n)*?)(?:(?:---|\+\+\+)[ \t]*$|\Z)", re.M)
MIN_QUOTED = 3
"""Characters by which a finding is found again on a line that was edited."""
_NEED_ALL_FILES = frozenset({"unused-ignore"})
"""Findings that the text alone cannot decide."""


class Document(Struct, frozen=True, dict=True, eq=False):
    """One version of an open file."""

    uri: str
    version: int | None
    page: Page
    """Its text, and what it became."""
    positions: Positions
    site: SiteIndex
    """The site that it belongs to."""

    @property
    def path(self) -> str:
        """Its content path."""
        return self.page.path

    @property
    def text(self) -> str:
        """With `\\n` at the end of lines."""
        return self.page.text

    @property
    def is_content(self) -> bool:
        """Whether it is a content file, and not site.yaml or a data file."""
        return self.path.endswith(SOURCE_SUFFIXES)

    @cached_property
    def front_end(self) -> int:
        """The offset behind the text of the front matter, also while that cannot be read."""
        match = _FENCES.match(self.text)
        return match.end(1) if match else 0

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on the text as it is now, and those that follow from other files, as of the
        last save, at their present places."""
        saved = self.site.findings_of(self.path)
        if not self.is_content:
            return saved
        present = findings_of_text(self.path, self.page.loaded, self.page.config)
        own = [finding for finding in present if finding.name not in _NEED_ALL_FILES]
        from_own_text = {finding.name for finding in own} | self.site.names_in_file(self.path)
        across = [finding for finding in saved if finding.name not in from_own_text]
        return (*own, *_at_present_places(across, self.positions.lines))

    def span(self, finding: Finding) -> tuple[int, int]:
        """The offsets of the text that a finding is about."""
        start = self.positions.offset_of(finding.span)
        line_end = self.text.find("\n", start)
        end = min(start + finding.length, line_end if line_end >= 0 else len(self.text))
        return start, end

    def findings_between(self, start: int, end: int) -> list[Finding]:
        """The findings on a part of the text."""
        spans = ((finding, *self.span(finding)) for finding in self.findings)
        return [finding for finding, first, last in spans if first <= end and start <= last]


def open_document(
    uri: str, version: int | None, text: str, path: str, site: SiteIndex, encoding: str
) -> Document:
    """A version of an open file; a lone half of a surrogate pair in it becomes a question mark."""
    file = FileText.of(text.encode("utf-8", "replace"))
    page = Page(path, file, site.config)
    return Document(uri, version, page, Positions(file.text, encoding), site)


def _at_present_places(findings: Sequence[Finding], lines: Sequence[str]) -> list[Finding]:
    """The findings on text that is still there, moved with it. A finding without its line of source
    stays."""
    present = []
    for finding in findings:
        span = _present_span(finding, lines) if finding.excerpt else finding.span
        if span:
            present.append(replace(finding, span=span))
    return present


def _present_span(finding: Finding, lines: Sequence[str]) -> Span | None:
    """The nearest line that is the one of a finding, else the nearest one with the text that it is
    about; None where there is neither."""
    first, excerpt = finding.excerpt_from - 1, finding.excerpt
    same = [
        Span(number, finding.span.column)
        for number, line in enumerate(lines, 1)
        if line[first : first + len(excerpt)] == excerpt
    ]
    quoted = finding.quoted
    if not same and len(quoted) >= MIN_QUOTED:
        numbered = enumerate(lines, 1)
        same = [Span(number, line.index(quoted) + 1) for number, line in numbered if quoted in line]
    return min(same, key=lambda span: abs(span.line - finding.span.line), default=None)
