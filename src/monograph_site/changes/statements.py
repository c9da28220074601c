"""A record as statements: sentences, list items and table rows, each with the section and the labels
that it is under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from msgspec import Struct

from ..model.monograph import Monograph
from ..model.strings import collapse
from ..regex import regex

_BLOCKS = frozenset(
    "p li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre figcaption div details summary table caption"
    " tr td th br hr".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
MAX_LABEL_WORDS = 8
"""Words of a label: a longer text before a colon is part of a sentence."""
MAX_ITEM_WORDS = 6
"""Words of one part of a list in a sentence: `nausea, vomiting, pain in the upper abdomen`."""
_LABEL = regex(r"(?P<label>[^.:;!?\n]{2,80}):\s+(?P<rest>\S.*)", re.DOTALL)
_SENTENCE_END = regex(
    r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!\bvs\.)(?<!\bDr\.)(?<!\bapprox\.)(?<!\bmax\.)(?<!\bmin\.)"
    r"(?<!\bspp\.)[\"'”’)]?\s+(?=[\"'“‘(]?[A-Z0-9ÁÉÍÓÚÑ¿¡])"
)
_IN_BRACKETS = regex(r"\([^()]*\)")
_LIST_MARK = regex(r"\s*[,;]\s+(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+")
_SAYS_MORE = regex(
    r"\b(?:is|are|was|were|be|has|have|do|does|may|might|can|could|should|must|shall|will|if|when|unless"
    r"|during|avoid|never|take|use|tell|ask|causes?|increases?|decreases?|reduces?)\b",
    re.IGNORECASE,
)
"""Words that make a sentence of a list."""
LISTING_SECTIONS = frozenset(
    "uses contraindications warnings interactions side_effects pregnancy breastfeeding".split()
)
"""Keys of sections in which a sentence may be a list of things (`Nausea, vomiting, rash.`), each of
them a statement of its own."""


class Statement(Struct, frozen=True):
    """One thing that a page says."""

    text: str
    """On one line, without markup and citations."""
    section: str
    """The key of its section; `faqs` for an answer."""
    heading: str
    """The heading of its section, or the question that it answers."""
    subject: str = ""
    """The medicine that its section is about, on a page of several."""
    labels: tuple[str, ...] = ()
    """Sub-headings and labels that it is under, the outermost first."""
    anchor: str = ""
    """The anchor of its section or question."""
    names: tuple[str, ...] = ()
    """What the page calls its medicine: a sentence may say `it` instead."""

    @property
    def full_text(self) -> str:
        """The statement after its nearest label."""
        return f"{self.labels[-1]}: {self.text}" if self.labels else self.text


def statements_of(monograph: Monograph) -> tuple[Statement, ...]:
    """All statements of the sections and answers of a record, in its order."""
    every: list[Statement] = []
    names = (monograph.title, *(name.text for name in monograph.names))
    for part in monograph.sections:
        for labels, text in _blocks(part.html):
            for inner_labels, sentence in _sentences(text, labels, part.key):
                every.append(
                    Statement(
                        sentence,
                        part.key,
                        part.heading,
                        part.subject or "",
                        inner_labels,
                        part.id,
                        names,
                    )
                )
    for faq in monograph.faqs:
        for labels, text in _blocks(faq.answer_html):
            for inner_labels, sentence in _sentences(text, labels, "faqs"):
                every.append(
                    Statement(
                        sentence,
                        "faqs",
                        faq.question,
                        faq.subject or "",
                        inner_labels,
                        faq.id,
                        names,
                    )
                )
    return tuple(every)


def plain_text(html: str) -> str:
    """The text of HTML on one line, without citations."""
    return " ".join(text for _, text in _blocks(html))


def _blocks(html: str) -> Iterator[tuple[tuple[str, ...], str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    yield from reader.blocks


class _Reader(HTMLParser):
    """Reads the text of each block, with the labels that it is under."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[tuple[str, ...], str]] = []
        self._buffer: list[str] = []
        self._headings: dict[int, str] = {}
        self._items: list[str] = []
        """The label of each open list item, '' for one without."""
        self._lead = ""
        """The paragraph that introduces the list after it."""
        self._list_leads: list[str] = []
        self._row: list[str] | None = None
        self._term = ""
        self._heading_level = 0
        self._is_term = False
        self._skipped = 0
        """Open elements inside a citation."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped or (tag == "span" and ("class", "cite") in attrs):
            self._skipped += tag not in ("br", "img")
            while self._buffer and self._buffer[-1] == " ":
                self._buffer.pop()
            if self._buffer:
                self._buffer[-1] = self._buffer[-1].rstrip()
            return
        if tag == "img":
            self._buffer.append(f" {dict(attrs).get('alt') or ''} ")
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag in ("ul", "ol"):
            self._list_leads.append(self._lead)
            self._lead = ""
        elif tag == "li":
            self._items.append("")
        elif tag == "tr":
            self._row = []
        self._heading_level = _HEADINGS.get(tag, 0)
        self._is_term = tag == "dt"

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag in ("ul", "ol") and self._list_leads:
            self._list_leads.pop()
        elif tag == "li" and self._items:
            self._items.pop()
        elif tag == "tr" and self._row is not None:
            row, self._row = self._row, None
            self._add(" | ".join(row))
        elif tag == "dl":
            self._term = ""
        self._heading_level, self._is_term = 0, False

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._buffer.append(data)

    def flush(self) -> None:
        """End the block that is being read."""
        text = collapse("".join(self._buffer))
        self._buffer.clear()
        if not text:
            return
        if self._heading_level:
            for level in [level for level in self._headings if level >= self._heading_level]:
                del self._headings[level]
            self._headings[self._heading_level] = text
        elif self._is_term:
            self._term = text
        elif self._row is not None:
            self._row.append(text)
        elif text.endswith(":"):
            *sentences, label = _SENTENCE_END.split(text)
            self._add(" ".join(sentences))
            if self._items:
                self._items[-1] = label.rstrip(": ")
            else:
                self._lead = label.rstrip(": ")
        else:
            if not self._items:
                self._lead = ""
            self._add(text)

    def _add(self, text: str) -> None:
        if text:
            inner = (*self._list_leads, *self._items, self._term)
            labels = (*self._headings.values(), *filter(None, inner))
            self.blocks.append((labels, text))


def _sentences(
    text: str, labels: tuple[str, ...], section: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The statements of one block, each with its labels."""
    match = _LABEL.fullmatch(text)
    if match and len(match["label"].split()) <= MAX_LABEL_WORDS:
        labels, text = (*labels, match["label"].strip()), match["rest"]
    sentences = _SENTENCE_END.split(text)
    for sentence in sentences:
        items = list_items(sentence) if section in LISTING_SECTIONS else []
        for item in items or (sentence,):
            yield labels, item.strip()


def list_items(sentence: str) -> list[str]:
    """The parts of a sentence that only lists things (`Nausea, vomiting, rash.`); none where it says
    more."""
    if _SAYS_MORE.search(sentence):
        return []
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\0{len(kept) - 1}\0"

    outside = _IN_BRACKETS.sub(keep, sentence.rstrip(". "))
    parts = [part for part in _LIST_MARK.split(outside) if part.strip()]
    if len(parts) < 2 or any(len(part.split()) > MAX_ITEM_WORDS for part in parts):
        return []
    restored = re.compile(r"\0(\d+)\0")
    return [restored.sub(lambda match: kept[int(match[1])], part) for part in parts]
