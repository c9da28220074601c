"""A content file between source and record: everything that rules may look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ..cached import cached_property
from ..config import Config
from ..config.addresses import slug_of
from ..markdown.blocks import Block, MarkdownDocument, Run
from ..markdown.hidden import blank_hidden
from ..markdown.links import Hyperlink, hyperlinks
from ..model.finding import Problem
from ..model.source import Source, Span
from ..model.tables import NO_ROWS, StatedRows
from ..regex import regex
from ..source.front_matter import FrontMatter
from ..source.schema import Fields
from .body import Body
from .front_faqs import FrontFaqs
from .parts import Outline, Part
from .shortcodes import fill_addresses

_ONLY_LETTERS = bytes(byte if bytes((byte,)).islower() else ord(" ") for byte in range(256))
"""A table for `bytes.translate`, which finds words in half the time that a pattern takes."""
_ASCII = bytes(range(128))

_PROSE_KEYS = frozenset("description recommendation question disclaimer alerts ban_reason".split())
"""Keys of front matter whose values readers meet as text. `faqs` is not among them: the body
repeats them, or they are its body."""
_NOT_PROSE = regex(
    r"<(?:!--.*?(?:-->|\Z)|/?[A-Za-z][^<>\n]*>|https?://[^\s)>\]]+>?)"
    r"|h(?<!\wh)ttps?://[^\s)>\]]+>?|\((?<=\]\()[^()\n]*\)|`[^`\n]+`"
    r"|\[(?<![^\n]\[)[^\]\n]+\]:[^\n]*$",
    re.DOTALL | re.MULTILINE,
)
"""Each alternative begins with a character, which makes the search thirty times as fast."""


class Draft(Struct, frozen=True, dict=True, eq=False):
    """One file as it was read: source, front matter, blocks and outline, and what they became.

    Drafts are not compared, so that what is derived of one can be kept with it.
    """

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
    rows: StatedRows = NO_ROWS
    """Doses, side effects, interactions and prices, as far as front matter states them as data."""
    unknown_row_keys: tuple[str, ...] = ()
    """Keys of these rows that have no field, such as `doses.colour`."""

    @property
    def is_medicine(self) -> bool:
        """Whether the file should be a monograph (and not an article or a plain page)."""
        return self.kind in ("drug", "combination", "brand")

    @property
    def language(self) -> str:
        """The BCP 47 tag of the language of the text: its own, else the site's."""
        return self.fields.lang or self.config.language

    @property
    def frame_language(self) -> str:
        """The language of the tool's own words on the page: that of the part of the site it is in."""
        return self.config.edition_of(self.fields.lang) or self.config.language

    @cached_property
    def slug(self) -> str:
        """The slug of the file's name (see `slug_of`)."""
        return slug_of(self.source.path, self.config)

    @cached_property
    def content(self) -> tuple[Part, ...]:
        """The parts of the text itself: without its closing disclaimer and note."""
        return tuple(part for part in self.outline.parts if part.key not in ("disclaimer", "note"))

    @cached_property
    def prose(self) -> str:
        """The source with blanks in place of what is not prose: keys, targets of links, addresses,
        code, HTML. Of the front matter it has the texts that readers meet (`description`,
        `recommendation`, …).

        It is as long as the source: an offset in one is an offset in the other.
        """
        return prose(self.source.text, self.front)

    @cached_property
    def visible(self) -> str:
        """The source with blanks in place of the remarks that its author hides from readers."""
        text = self.source.text
        start = len(text) - len(self.front.body)
        return text[:start] + blank_hidden(self.front.body)

    @cached_property
    def lower(self) -> str:
        """The prose in lower case: a plain word is found in it much faster than by a pattern."""
        return self._lower_bytes.decode("utf-8", "surrogatepass")

    @cached_property
    def _lower_bytes(self) -> bytes:
        """The same in UTF-8."""
        others = "".join(self.non_ascii)
        if others.lower() != others:
            return self.prose.lower().encode("utf-8", "surrogatepass")
        # The letters of ASCII alone are changed in a third of the time.
        return self.prose.encode("utf-8", "surrogatepass").lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the prose in lower case, ASCII letters only. Looking up a word costs next to
        nothing, so that a rule needs to search few pages for its pattern."""
        return frozenset(self._lower_bytes.translate(_ONLY_LETTERS).decode().split())

    @cached_property
    def non_ascii(self) -> frozenset[str]:
        """The characters of the source that are not ASCII."""
        text = self.source.text
        if text.isascii():
            return frozenset()
        others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        return frozenset(others.decode("utf-8", "surrogatepass"))

    @property
    def lines(self) -> list[str]:
        """The lines of the source."""
        return self.source.lines

    @property
    def body_start(self) -> int:
        """The offset in the source at which the body starts."""
        return len(self.source.text) - len(self.front.body)

    @cached_property
    def links(self) -> tuple[Hyperlink, ...]:
        """The links and pictures of the body, in order."""
        text, start = self.source.text, self.body_start
        filled = fill_addresses(text, start, self.config.shortcodes)
        if not filled.changes:
            return hyperlinks(text, self.prose, start)
        prose = self.prose
        # The end of an address may be longer than its tag, and so lie behind the end of the text.
        places = map(filled.offset, range(len(filled.text)))
        shown = "".join(prose[place : place + 1] or " " for place in places)
        return tuple(
            link._replace(
                start=filled.offset(link.start),
                end=filled.offset(link.end),
                place=filled.offset(link.place),
            )
            for link in hyperlinks(filled.text, shown, start)
        )

    @cached_property
    def typed_marks(self) -> tuple[tuple[Block, Run], ...]:
        """The runs of plain text, each with its block, in which an asterisk or underscore is shown
        as it was typed: few pages have any, and several rules look for them."""
        runs: list[tuple[Block, Run]] = []
        # Without any in the body, only the texts of front matter may have some.
        has_any = self.document.may_have_typed_marks
        for part in self.content:
            if has_any or part.line < self.front.body_line:
                _add_typed_marks(part.blocks, runs)
        return tuple(runs)

    def blocks(self) -> Iterator[Block]:
        """The top-level blocks of the text itself."""
        for part in self.content:
            yield from part.blocks

    def match(self, match: re.Match[str], text: str, group: int = 0) -> Problem:
        """A problem at a match in the source or in its prose."""
        return Problem(
            self.source.span(match.start(group)), text, match.end(group) - match.start(group)
        )

    def find(
        self, needle: str, text: str, first: int | None = None, last: int | None = None
    ) -> Problem:
        """A problem at the first occurrence of `needle` between two lines, one-based and inclusive
        (by default the body's first and last)."""
        line = first or self.front.body_line
        place = self.source.find(needle, line, last or max(line, len(self.lines)))
        return Problem(place, text, len(needle.split("\n")[0]))

    def at(self, line: int, text: str) -> Problem:
        """A problem at a line, one-based."""
        return Problem(self.source.find("", line), text, len(self.lines[line - 1].strip()))

    def in_front(self, text: str, *path: str | int) -> Problem:
        """A problem at a front matter value; without a path, at the first character of the file."""
        return (
            Problem(self.front.span_of(*path), text, self.front.length_of(*path))
            if path
            else Problem(Span(), text)
        )

    def in_key(self, text: str, *path: str | int) -> Problem:
        """A problem at a front matter key."""
        return Problem(self.front.key_span_of(*path), text, len(str(path[-1])))

    def references(self) -> list[tuple[str | int, ...]]:
        """The paths of the references in front matter, in the order of `fields.references`."""
        paths: list[tuple[str | int, ...]] = []
        for key in ("sources", "references"):
            value = self.front.data.get(key)
            if isinstance(value, list):
                paths += [(key, index) for index in range(len(value))]
            elif value:
                paths.append((key,))
        return paths

    def notes(self, *kinds: str) -> Iterator[tuple[int, str]]:
        """Line and detail of the notes that the Markdown engine made of these kinds (see
        `MarkdownDocument.notes`)."""
        return ((line, detail) for kind, line, detail in self.document.notes if kind in kinds)


def _add_typed_marks(blocks: Iterable[Block], runs: list[tuple[Block, Run]]) -> None:
    for block in blocks:
        for run in block.runs:
            if run.kind == "text" and ("*" in run.text or "_" in run.text):
                runs.append((block, run))
        if block.children:
            _add_typed_marks(block.children, runs)


def prose(text: str, front: FrontMatter) -> str:
    """The text, as long as it is, with blanks in place of what is not prose; line ends stay in the
    body."""
    start = len(text) - len(front.body)
    body = blank_hidden(front.body)
    if _may_have_other_than_prose(body):
        body = _NOT_PROSE.sub(_blank, body)
    return _front_prose(text[:start], front) + body if start else body


def _may_have_other_than_prose(body: str) -> bool:
    """Whether a text has the characters that begin what is not prose. A single character is found
    ten times as fast as two."""
    return (
        "<" in body
        or "`" in body
        or ("]" in body and ("](" in body or "]:" in body))
        or ("/" in body and "://" in body)
    )


def _front_prose(head: str, front: FrontMatter) -> str:
    """The front matter with blanks for all but the texts that readers meet."""
    document = front.document
    if document is None or document.root is None or not _PROSE_KEYS & front.data.keys():
        return " " * len(head)
    pieces, at = [], 0
    for key, value in document.root.value:
        if key.value in _PROSE_KEYS:
            start = document.offset + value.start_mark.index
            end = document.offset + value.end_mark.index
            pieces += [" " * (start - at), head[start:end]]
            at = end
    return "".join(pieces) + " " * (len(head) - at)


def _blank(match: re.Match[str]) -> str:
    return (
        re.sub(r"[^\n]", " ", match.group()) if "\n" in match.group() else " " * len(match.group())
    )
