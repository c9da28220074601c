"""A content file while it is being read: everything the rules may look at, before it becomes a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .blocks import Block, Document
from .body import Body
from .diagnostics import Diagnostic, Finding
from .front_faqs import FrontFaqs
from .frontmatter import FrontMatter
from .parts import Outline, Part
from .schema import Fields
from .text import Source, Span


@dataclass(frozen=True)
class Draft:
    """One file, read: its source, its front matter, its blocks, its outline and what they came to."""

    source: Source
    front: FrontMatter
    fields: Fields
    document: Document
    outline: Outline
    body: Body
    front_faqs: FrontFaqs
    title: str
    kind: str

    @property
    def is_medicine(self) -> bool:
        """Whether the file should be a monograph (and not an article or a plain page)."""
        return self.kind in ("drug", "combination", "brand")

    @property
    def content(self) -> tuple[Part, ...]:
        """The parts of the text itself: without its closing disclaimer and note."""
        return tuple(part for part in self.outline.parts if part.key not in ("disclaimer", "note"))

    @cached_property
    def lower(self) -> str:
        """The body in lower case: looking for a plain word in it is many times faster than a search by pattern."""
        return self.front.body.lower()

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text itself, outermost."""
        for part in self.content:
            yield from part.blocks

    def find(self, finding: Finding, needle: str, message: str, first: int | None = None) -> Diagnostic:
        """A diagnostic at the first place of `needle` in the body, from line `first` on."""
        line = first or self.front.body_line
        lines = self.source.text.count("\n") + 1
        return finding.at(self.source.path, self.source.find(needle, line, lines), message)

    def at(self, finding: Finding, line: int, message: str) -> Diagnostic:
        """A diagnostic at the first character of a line."""
        return finding.at(self.source.path, self.source.find("", line), message)

    def in_front(self, finding: Finding, message: str, *path: str | int) -> Diagnostic:
        """A diagnostic at a front matter value."""
        span = self.front.span_of(*path) if path else Span()
        return finding.at(self.source.path, span, message)
