"""Sentences that state something of a medicine: where they stand and of what they speak."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from ...model.claims import Claim
from ...model.source import Span
from ...model.strings import collapse, words
from ..draft import Draft

LONGEST = 120
"""Characters of a sentence that are kept: enough to judge it, little enough for ten thousand files
in memory."""
_BOUND = re.compile(
    r"[.!?](?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bapprox\.)[*_)\"'”’]*(?=\s)|\n[ \t]*(?=\n|[-*+#>|]|\d+[.)])"
)
_FAR = 400
"""Characters on either side in which the bounds of a sentence are looked for."""
MANY = 60
"""Places of one word that are looked at: a page has few of each, and a file made to be slow has
thousands."""
_MARKUP = re.compile(r"\*\*|__|`|^[\s>*+#-]+")
_BOLD = re.compile(r"\*\*([^*\n]{1,80})\*\*")
_LEAD = re.compile(r"^.*(?::|\*\*|;|\b(?:yes|no)\b[,.]|,\s+(?:and|but|so)\b|\bthat\b)", re.DOTALL)
_SELF = frozenset(
    "it its they this these the drug medicine medication combination product use usage treatment therapy both "
    "ingredients components component agent generally usually therefore however while although".split()
)
_OTHERS = re.compile(
    r"\b(?:formulations?|preparations?|products?) (?:containing|of|with)\b|\balternatives?\b|\bother \w+"
)
_NOT_HERE = frozenset(
    "interactions combinations names references storage overdose disclaimer note".split()
)
"""Sections that speak of other medicines, or of nothing that holds when the medicine is used as it
should be."""
_SHORT = 4
"""Words shorter than this name no medicine beside longer ones (`oil of wintergreen`)."""


class ClaimSentence:
    """A match in the text of a page, with the sentence around it."""

    def __init__(self, text: Text, match: re.Match[str]) -> None:
        self.match = match
        self._text = text
        self._first, self._last = text.bounds(match.start(), match.end())
        self.before = text.lower[self._first : match.start()]
        self.after = text.lower[match.end() : self._last]

    @property
    def sentence(self) -> str:
        """The sentence in lower case."""
        return self._text.lower[self._first : self._last]

    @cached_property
    def span(self) -> Span:
        """Where the match stands."""
        return self._text.page.source.span(self.match.start())

    @property
    def labels(self) -> list[str]:
        """What stands in bold in front of it in its line, in lower case."""
        end = self.match.start()
        start = max(0, end - _FAR, self._text.lower.rfind("\n", max(0, end - _FAR), end))
        return _BOLD.findall(self._text.lower, start, end)

    @property
    def section(self) -> str:
        """The key of its section."""
        return self._text.place(self.span.line)[0]

    def claim(self, topic: str, side: str, value: str = "") -> Claim | None:
        """What is claimed; None where the sentence asks, or speaks of another medicine than the
        page does."""
        if self._about is None or self.section in _NOT_HERE:
            return None
        where = (
            self.section,
            self._said,
            self.span.line,
            self.span.column,
            len(self.match.group()),
        )
        return Claim(topic, side, value, self._about, *where)

    @cached_property
    def _about(self) -> str | None:
        sentence = self.sentence
        if sentence.rstrip("* \n").endswith("?") or _OTHERS.search(sentence):
            return None
        subject = self._text.place(self.span.line)[1]
        return self._text.about(self.before) if subject is None else subject

    @cached_property
    def _said(self) -> str:
        """The sentence as the source has it, of a long one the stretch around the match."""
        source = self._text.page.source.text
        first, last = self._first, self._last
        if last - first > LONGEST:
            first = max(first, min(self.match.start() - LONGEST // 3, last - LONGEST))
            last = first + LONGEST
        said = collapse(_MARKUP.sub("", source[first:last]))
        return ("…" if first > self._first else "") + said + ("…" if last < self._last else "")


class Text:
    """The text of a page, prepared for looking for claims."""

    def __init__(self, page: Draft) -> None:
        self.page = page
        self.start = len(page.source.text) - len(page.front.body)
        self._places: dict[str, list[int]] = {}
        # A few letters are longer in lower case; then only what is small already is found.
        self.lower = page.lower if len(page.lower) == len(page.prose) else page.prose

    def find(self, word: str, pattern: re.Pattern[str]) -> Iterator[ClaimSentence]:
        """The statements where a word stands, in lower case, from which on the pattern matches."""
        if word not in self._places:
            self._places[word] = list(self._where(word))
        for at in self._places[word]:
            if match := pattern.match(self.lower, at):
                yield ClaimSentence(self, match)

    def _where(self, word: str) -> Iterator[int]:
        at, count = self.lower.find(word, self.start), 0
        while at >= 0 and count < MANY:
            if not self.lower[at - 1 : at].isalnum():
                yield at
            at, count = self.lower.find(word, at + len(word)), count + 1

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        first = max(
            self.start, start - _FAR, self.lower.rfind("\n\n", max(self.start, start - _FAR), start)
        )
        for bound in _BOUND.finditer(self.lower, first, start):
            first = bound.end()
        after = _BOUND.search(self.lower, end, end + _FAR)
        return first, after.end() if after else min(len(self.lower), end + _FAR)

    def place(self, line: int) -> tuple[str, str | None]:
        """The section a line stands in, and the medicine that section is about on a page of
        several."""
        at = bisect_right(self._lines, line) - 1
        return (
            (self.page.outline.parts[at].key, self.page.outline.parts[at].subject)
            if at >= 0
            else ("", None)
        )

    def heading(self, line: int) -> str:
        """The last heading above a line, in lower case; '' where there is none."""
        at = bisect_right(self._headings, line, key=lambda heading: heading[0]) - 1
        return self._headings[at][1] if at >= 0 else ""

    def about(self, before: str) -> str | None:
        """Of what a sentence speaks that begins with these words: '' for the page's medicine, the
        name of an ingredient, None for something else."""
        every, lead = set(words(before)), words(_LEAD.sub("", before))
        named = [name for name, own in self._names.items() if own & every]
        if len(named) == 1:
            return named[0]
        return "" if named or len(lead) < 2 or set(lead[:3]) & _SELF else None

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        return [
            (block.line, block.text.lower())
            for block in self.page.document.blocks
            if block.kind == "heading"
        ]

    @cached_property
    def _lines(self) -> list[int]:
        return [part.line for part in self.page.outline.parts]

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        """Words that mean the page's medicine, or by name one of its ingredients."""
        parts = [part.strip() for part in self.page.title.split(" + ") if part.strip()]
        if len(parts) < 2:
            fields = self.page.fields
            stated = (
                self.page.title,
                fields.product.generic_slug,
                *(name.text for name in fields.names),
            )
            return {"": frozenset[str]().union(*(_long(words(name)) for name in stated))}
        return {part: _long(words(part)) for part in parts}


def _long(some: list[str]) -> frozenset[str]:
    return frozenset(word for word in some if len(word) >= _SHORT) or frozenset(some)
