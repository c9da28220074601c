"""A content file while it is being read: everything the rules may look at, before it becomes a
record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..config import Config
from ..markdown.blocks import Block, MarkdownDocument
from ..markdown.links import Hyperlink, hyperlinks
from ..model.finding import Problem
from ..model.source import Source, Span
from ..source.front_matter import FrontMatter
from ..source.schema import Fields
from .body import Body
from .front_faqs import FrontFaqs
from .parts import Outline, Part

_WORD = re.compile(r"[a-z]+")


_SIGN = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Draft:
    """One file, read: its source, its front matter, its blocks, its outline and what they came to."""

    source: Source
    front: FrontMatter
    fields: Fields
    document: MarkdownDocument
    outline: Outline
    body: Body
    front_faqs: FrontFaqs
    title: str
    kind: str
    config: Config

    @property
    def is_medicine(self) -> bool:
        """Whether the file should be a monograph (and not an article or a plain page)."""
        return self.kind in ("drug", "combination", "brand")

    @property
    def content(self) -> tuple[Part, ...]:
        """The parts of the text itself: without its closing disclaimer and note."""
        return tuple(part for part in self.outline.parts if part.key not in ("disclaimer", "note"))

    @cached_property
    def prose(self) -> str:
        """The source as long as it is, with blanks for what is no prose: keys, links' targets,
        addresses, code, HTML.

        Of the front matter the texts remain that readers meet (`description`, `recommendation`, …).
        An offset in it is an offset in the source.
        """
        return prose(self.source.text, self.front)

    @cached_property
    def lower(self) -> str:
        """The prose in lower case: looking for a plain word in it is many times faster than a
        search by pattern."""
        return self.prose.lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the prose in lower case, ASCII letters only: whether one stands on the page
        costs next to nothing to ask, so that a rule looks for its pattern on few pages."""
        return frozenset(_WORD.findall(self.lower))

    @cached_property
    def signs(self) -> frozenset[str]:
        """The characters of the source that are not ASCII."""
        text = self.source.text
        return frozenset() if text.isascii() else frozenset(_SIGN.findall(text))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the source."""
        return self.source.text.split("\n")

    @cached_property
    def links(self) -> tuple[Hyperlink, ...]:
        """The links and pictures of the body, in their order."""
        text = self.source.text
        return hyperlinks(text, self.prose, len(text) - len(self.front.body))

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text itself, outermost."""
        for part in self.content:
            yield from part.blocks

    def match(self, match: re.Match[str], text: str, group: int = 0) -> Problem:
        """A fault at a match in the source or in its prose."""
        return Problem(
            self.source.span(match.start(group)), text, match.end(group) - match.start(group)
        )

    def find(
        self, needle: str, text: str, first: int | None = None, last: int | None = None
    ) -> Problem:
        """A fault at the first place of `needle` between two lines (the body's first and last where
        not given)."""
        line = first or self.front.body_line
        place = self.source.find(needle, line, last or max(line, len(self.lines)))
        return Problem(place, text, len(needle.split("\n")[0]))

    def at(self, line: int, text: str) -> Problem:
        """A fault at a line, one-based."""
        return Problem(self.source.find("", line), text, len(self.lines[line - 1].strip()))

    def in_front(self, text: str, *path: str | int) -> Problem:
        """A fault at a front matter value; without a path, at the first character of the file."""
        return (
            Problem(self.front.span_of(*path), text, self.front.length_of(*path))
            if path
            else Problem(Span(), text)
        )

    def in_key(self, text: str, *path: str | int) -> Problem:
        """A fault at a front matter key."""
        return Problem(self.front.key_span_of(*path), text, len(str(path[-1])))

    def references(self) -> list[tuple[str | int, ...]]:
        """Where front matter states its references, in the order of `fields.references`."""
        stated = (
            (key, self.front.data[key])
            for key in ("sources", "references")
            if self.front.data.get(key)
        )
        return [
            (key, *at)
            for key, one in stated
            for at in ([(n,) for n in range(len(one))] if isinstance(one, list) else [()])
        ]

    def notes(self, *kinds: str) -> Iterator[tuple[int, str]]:
        """Line and detail of what the Markdown engine had to do of some kinds (see
        `Document.notes`)."""
        return ((line, detail) for kind, line, detail in self.document.notes if kind in kinds)


_TEXTS = frozenset("description recommendation question disclaimer alerts ban_reason".split())
"""Front matter that readers meet as text. Questions are not among them: the body repeats them, or
they are its body."""


_NO_PROSE = re.compile(
    r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>\n]*>|<?\bhttps?://[^\s)>\]]+>?|(?<=\])\([^()\n]*\)|`[^`\n]+`|^\[[^\]\n]+\]:[^\n]*$",
    re.DOTALL | re.MULTILINE,
)


_SIGNS = ("<", "](", "`", "://", "]:")


def prose(text: str, front: FrontMatter) -> str:
    """The text, as long as it is, with blanks in the place of all that is no prose; line ends stay
    in the body."""
    start = len(text) - len(front.body)
    body = front.body
    if any(sign in body for sign in _SIGNS):
        body = _NO_PROSE.sub(_blank, body)
    if not start:
        return body
    return _front(text[:start], front) + body


def _front(head: str, front: FrontMatter) -> str:
    """The front matter with everything blank but the texts."""
    document = front.document
    if document is None or document.root is None or not _TEXTS & front.data.keys():
        return " " * len(head)
    made, at = [], 0
    for key, value in document.root.value:
        if key.value in _TEXTS:
            first, last = (
                document.offset + mark.index for mark in (value.start_mark, value.end_mark)
            )
            made += [" " * (first - at), head[first:last]]
            at = last
    return "".join(made) + " " * (len(head) - at)


def _blank(match: re.Match[str]) -> str:
    return (
        re.sub(r"[^\n]", " ", match.group()) if "\n" in match.group() else " " * len(match.group())
    )
