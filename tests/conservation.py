"""Is every word of a source in its page? A second opinion, from another CommonMark parser and other
code.

Each leaf block of a source (paragraph, heading, code) must stand in the visible text of its page:
all its words, in their order, without any other between them except where a page may part them (a
label from its text, a question from its answer). A word of the page serves one block only, so a
lost "Nausea" is not excused by another one elsewhere. What changes a number counts as a word:
`<5`, `10**6` and `0.5` are not there where a page shows `5`, `106` or `05`.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import marko
from marko import block, inline

from helpers import visible_text

_JOINING = "<>≤≥±≈~=×÷·^/%‰°+\\-−–—#"
"""Characters that change what a number beside them says."""
_NUMERIC = rf"(?<=\d)[{_JOINING}]+|[{_JOINING}]+(?=\d)"  # `<5`, `5%`, `0.5-1`, `5-HT`
_COMPARING = r"[<>≤≥±≈=~×]+(?=\s\d)|(?<=\d\s)[%‰×÷·=/^+−–—-]+(?=\s\d)|(?<=\d\s)[%‰°]"
_POINT = r"(?<=\d)[.,:](?=\d)"  # `0.5`, `1,000`, `40:1`
_ASTERISK = r"(?<=\d)\*+(?=[-+(]?\w)|(?<=\w)\*+(?=\d)|(?<=\d\s)\*+(?=\s\d)"  # `10**6`
_WORD = re.compile(rf"[^\W_]+|{_NUMERIC}|{_COMPARING}|{_POINT}|{_ASTERISK}")
_ELEMENT = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>|<!--.*?-->",
    re.S,
)
_BREAK = re.compile(
    r"</?(?:br|p|div|hr|ul|ol|li|table|t[rdh]|tbody|thead|h[1-6]|blockquote|pre)\b[^>]*>", re.I
)
# What marks a question or an answer says nothing that the page does not say by setting it as one.
SHORT = (4, 10, 1_000)
"""Blocks of fewer words are looked for after the others, the shortest last. Which block a word of
the page serves is a guess, as a page does not keep the order of its source: one guess by which all
blocks are there proves that nothing is lost, and several are tried."""
_CUT = "\x1f"
_LINE = f" {_CUT}"
_MARK = re.compile(
    rf"(^|{_CUT})[\s{_CUT}]*(?:Q(?:uestion)?\s*\d*|A(?:nswer)?\s*\d*)[\s{_CUT}]*[:.)][\s{_CUT}]*",
    re.I,
)
# Words of a label that the page says by how it shows the rest: `1. Metformin (Generic Name)`,
# `Metformin FAQs`. What closes a text has headings of the page's own.
_LABEL_WORDS = re.compile(
    r"^\s*\d{1,2}[.)]\s|\(?\bgeneric name\)?:?\s*$|\bFAQs\b"
    r"|^\s*(?:important )?(?:disclaimer|note|references):?\s*$|^\s*important\b",
    re.I,
)


@dataclass(frozen=True)
class Leaf:
    """A block of the source without blocks inside."""

    kind: str
    line: int
    pieces: tuple[str, ...]
    """Its text, cut where a page may show the parts in different places: at line ends, emphasis,
    `?` and `:`."""
    label: bool = False
    """Whether its first words may be a label: it is a heading, or starts in bold."""

    @property
    def words(self) -> list[str]:
        return words(" ".join(self.pieces))

    def without_label_words(self) -> Leaf:
        """The same without the words of its label, if it has one, that need not be shown."""
        if not self.label:
            return self
        return dataclasses.replace(
            self, pieces=(_LABEL_WORDS.sub(" ", self.pieces[0]), *self.pieces[1:])
        )


def is_label(text: str) -> bool:
    """Whether a text has only words of labels, such as `Generic Name`, that need not be shown."""
    return not words(_LABEL_WORDS.sub(" ", text))


@dataclass(frozen=True)
class Loss:
    """A block that is not, or not wholly, in its page."""

    path: str
    block: str
    first_missing: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: the {self.block} lacks {self.first_missing!r} of {self.text!r}"


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison, and the characters that belong to its numbers.

    A superscript stays one: `10⁶` is not `106`. Double tildes strike out, bars divide a table.
    """
    return _WORD.findall(
        unicodedata.normalize("NFC", " ".join(re.sub(r"~~|\|", " ", text).split())).casefold()
    )


def losses(path: str, body: str, title: str, html: str) -> list[Loss]:
    """What of the Markdown `body` of a file is not in the visible text of its page."""
    found = [leaf for leaf in leaves(body) if leaf.without_label_words().words]
    found = [leaf for leaf in found if not (leaf.kind == "heading" and leaf.words == words(title))]
    text = visible_text(html)
    guesses = []
    for short in SHORT:
        guesses.append(_losses(path, found, _Page(text), short))
        if not guesses[-1]:
            break
    return min(guesses, key=len)


def _losses(path: str, found: Sequence[Leaf], page: _Page, short: int) -> list[Loss]:
    ends: dict[int, int] = {}
    lost = []
    # "Note" must not take its word from another block's sentence.
    for at in sorted(range(len(found)), key=lambda at: max(0, short - len(found[at].words))):
        leaf = found[at]
        page.at = next((ends[before] for before in range(at - 1, -1, -1) if before in ends), 0)
        missing = page.lacks(leaf) and page.lacks(leaf.without_label_words())
        if missing:
            lost.append(Loss(path, f"{leaf.kind} of line {leaf.line} of the body", *missing))
        else:
            ends[at] = page.at
    return lost


class _Page:
    """The words of a page. Those that were found are struck out; `at` is the place behind the last
    of them."""

    def __init__(self, text: str) -> None:
        self.text = f" {' '.join(words(text))} "
        self.at = 0

    def lacks(self, leaf: Leaf) -> tuple[str, str] | None:
        """The first word that is not there and the piece it stands in; None if all are there.

        Pages follow their sources, so a place behind the block before is tried first; then any
        place; then piece by piece, first behind the block before, then anywhere.
        """
        if self._take(leaf.words, self.at) or self._take(leaf.words, 0):
            return None
        pieces = [found for piece in leaf.pieces if (found := words(piece))]
        text, at, left = self.text, self.at, pieces[0]
        for start in (at, 0):
            self.at = start
            missing = self._take_pieces(pieces)
            if missing is None:
                return None
            self.text, left = text, missing
        self.at = at
        there = next(
            (n for n in range(len(left) - 1, 0, -1) if f" {' '.join(left[:n])} " in text), 0
        )
        return left[there], " ".join(left)

    def _take(self, sought: Sequence[str], start: int) -> bool:
        """Strike out the words where they first stand together."""
        needle = f" {' '.join(sought)} "
        at = self.text.find(needle, max(start - 1, 0))
        if at < 0:
            return False
        self.at = at + len(needle)
        self.text = f"{self.text[: at + 1]}{'.' * (len(needle) - 2)}{self.text[self.at - 1 :]}"
        return True

    def _take_pieces(self, pieces: list[list[str]]) -> list[str] | None:
        """Strike out the pieces in their order, as many together as stand together; the first that
        is not there."""
        at = 0
        while at < len(pieces):
            for end in range(len(pieces), at, -1):
                if self._take([word for piece in pieces[at:end] for word in piece], self.at):
                    at = end
                    break
            else:
                return pieces[at]
        return None


# the source

# What marko takes for markup and a reader for a part of a name or number: `HLA-B*5701`, `10**6`,
# and `* >40 kg`, which is no quotation.
_ASTERISKS = re.compile(r"(?<=\w)\*(?=\d)|(?<=\d)\*\*(?=\d)")
_COMPARISON = re.compile(
    r"^([ \t]*(?:(?:[*+-]|\d+[.)])[ \t]+)*)>(?=[ \t]*=?[ \t]*\d)", re.MULTILINE
)
_SHOWN = {0xE000: "*", 0xE001: ">"}


def leaves(body: str) -> Iterator[Leaf]:
    """The leaf blocks of a Markdown text, as marko reads it."""
    body = _ASTERISKS.sub(lambda found: "\ue000" * len(found.group()), body)
    body = _COMPARISON.sub("\\1\ue001", body)
    for leaf in _leaves(marko.Markdown().parse(body), body):
        yield dataclasses.replace(
            leaf, pieces=tuple(piece.translate(_SHOWN) for piece in leaf.pieces)
        )


def _leaves(element: Any, body: str) -> Iterator[Leaf]:
    for child in getattr(element, "children", ()):
        kind = _KINDS.get(type(child))
        if kind:
            line = body.count("\n", 0, child.source_span[0]) + 1
            label = kind == "heading" or isinstance(
                next(iter(child.children), None), inline.StrongEmphasis
            )
            # A line that begins in bold may be a section of its own, and stand elsewhere.
            for text in re.split(f"{_LINE}(?={_CUT})", _text(child, kind)):
                pieces = tuple(piece for piece in _cut(text) if piece.strip())
                if pieces:
                    yield Leaf(
                        kind,
                        line,
                        pieces,
                        label or text.startswith(_CUT) or pieces[0].endswith(":"),
                    )
        elif not isinstance(child, block.LinkRefDef):
            yield from _leaves(child, body)


_KINDS: dict[type, str] = {
    block.Paragraph: "paragraph",
    block.Heading: "heading",
    block.SetextHeading: "heading",
    block.CodeBlock: "code",
    block.FencedCode: "code",
    block.HTMLBlock: "html",
}


def _text(leaf: Any, kind: str) -> str:
    """The text of a leaf, with a sign where a page may part it."""
    if kind == "html":
        return _without_tags(leaf.body)
    if kind == "code":
        text = "".join(_inline(child) for child in leaf.children).replace("\n", _LINE)
        return (
            f"{leaf.lang} {leaf.extra}{_LINE}{text}" if isinstance(leaf, block.FencedCode) else text
        )
    return "".join(_inline(child) for child in leaf.children)


def _inline(element: Any) -> str:
    match element:
        case inline.RawText():
            return unescape(element.children) if element.escape else element.children
        case inline.LineBreak():
            return _LINE
        case inline.InlineHTML():
            return _without_tags(str(element.children))
        case inline.StrongEmphasis() | inline.Emphasis():
            return f"{_CUT}{''.join(map(_inline, element.children))}{_CUT}"
    inner = element.children
    return inner if isinstance(inner, str) else "".join(map(_inline, inner))


def _without_tags(html: str) -> str:
    """HTML without the tags of HTML; `<5 mg>` and `<dose>` are no tags but text that a reader must
    see."""
    return unescape(_BREAK.sub(f" {_CUT}", _ELEMENT.sub("", html)))


def _cut(text: str) -> list[str]:
    """Pieces that a page shows without a gap. A sign inside a word (emphasis of a part of it) is no
    gap."""
    text = re.sub(rf"(?<=\w){_CUT}+(?=\w)", "", text)
    return re.split(rf"{_CUT}+|(?<=[?:])\s", _MARK.sub(r"\1", text))
