"""Sentences that may hold a claim: what they say, which section they are in and which medicine they
are about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from ...cached import cached_property
from ...markdown.blocks import Block
from ...model.claims import Claim
from ...model.source import Span
from ...model.strings import collapse, words
from ...regex import regex
from ..draft import Draft
from ..parts import is_group_of_people

MAX_EXCERPT_LENGTH = 120
"""Characters of a sentence that are kept: enough to judge it, and few enough to hold the claims of
ten thousand files in memory."""
_BOUND = regex(
    r"[.!?](?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bapprox\.)[*_)\"'”’]*(?=\s)"
    r"|\n[ \t]*(?=\n|[-*+#>|]|\d+[.)])"
)
SENTENCE_WINDOW = 400
"""Characters before and after a match in which the bounds of its sentence are looked for."""
MAX_OCCURRENCES = 60
"""Occurrences of one word that are looked at: a page has few of each, and a file made to be slow
has thousands."""
_LETTERS = regex(r"[a-z]+")
_MARKUP = regex(r"\*\*|__|`|^[\s>*+#-]+")
_BOLD = regex(r"\*\*([^*\n]{1,80})\*\*")
_LEAD = regex(r"^.*(?::|\*\*|;|\b(?:yes|no)\b[,.]|,\s+(?:and|but|so)\b|\bthat\b)", re.DOTALL)
_SELF = frozenset(
    "it its they this these the drug medicine medication combination product use usage treatment "
    "therapy both ingredients components component agent generally usually therefore however while "
    "although".split()
)
_VERBS = frozenset("is are was were can may must should has have".split())
"""Words before which one word is the subject of a sentence: `Examplin is generally safe`."""
_OTHERS = regex(
    r"\b(?:formulations?|preparations?|products?) (?:containing|of|with)\b|\balternatives?\b"
    r"|\bother \w+"
)
_EXCLUDED_SECTIONS = frozenset(
    "interactions combinations names references storage overdose disclaimer note".split()
)
"""Sections about other medicines, or about nothing that is true when the medicine is used as
directed."""
MIN_NAME_LENGTH = 4
"""Shorter words are not taken for the name of a medicine beside longer ones (`oil of
wintergreen`)."""


class ClaimSentence:
    """A match in the text of a page, with the sentence around it. All texts are in lower case."""

    def __init__(self, page_text: Text, match: re.Match[str]) -> None:
        self.match = match
        self._page_text = page_text

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        """Where the sentence begins and ends. Many matches are passed over before that is asked."""
        return self._page_text.bounds(self.match.start(), self.match.end())

    @cached_property
    def before(self) -> str:
        """The sentence up to the match."""
        return self._page_text.lower[self._bounds[0] : self.match.start()]

    @property
    def after(self) -> str:
        """The sentence behind the match."""
        return self._page_text.lower[self.match.end() : self._bounds[1]]

    @cached_property
    def text(self) -> str:
        """The sentence."""
        start, end = self._bounds
        return self._page_text.lower[start:end]

    @cached_property
    def span(self) -> Span:
        """The place of the match."""
        return self._page_text.page.source.span(self.match.start())

    @property
    def labels(self) -> list[str]:
        """The bold words before the match on its line."""
        lower, end = self._page_text.lower, self.match.start()
        start = max(0, end - SENTENCE_WINDOW)
        return _BOLD.findall(lower, max(start, lower.rfind("\n", start, end)), end)

    @property
    def section(self) -> str:
        """The key of its section."""
        return self._page_text.section_at(self.span.line)[0]

    def claim(self, topic: str, side: str, value: str = "") -> Claim | None:
        """What is claimed; None where the sentence is a question, is about another medicine than
        the page, or is under a heading that says for whom (`In children`)."""
        if self.section in _EXCLUDED_SECTIONS or self._about is None:
            return None
        return Claim(
            topic,
            side,
            value,
            self._about,
            self.section,
            self._excerpt,
            self.span.line,
            self.span.column,
            len(self.match.group()),
        )

    @cached_property
    def _about(self) -> str | None:
        if self.text.rstrip("* \n").endswith("?") or _OTHERS.search(self.text):
            return None
        subject = self._page_text.section_at(self.span.line)[1]
        if subject is not None and is_group_of_people(subject):
            return None
        return self._page_text.about(self.before) if subject is None else subject

    @cached_property
    def _excerpt(self) -> str:
        """The sentence as it is in the source; of a long one the part around the match."""
        source = self._page_text.page.source.text
        first, last = start, end = self._bounds
        if end - start > MAX_EXCERPT_LENGTH:
            before = self.match.start() - MAX_EXCERPT_LENGTH // 3
            start = max(start, min(before, end - MAX_EXCERPT_LENGTH))
            end = start + MAX_EXCERPT_LENGTH
        excerpt = collapse(_MARKUP.sub("", source[start:end]))
        return ("…" if start > first else "") + excerpt + ("…" if end < last else "")


class Text:
    """The text of a page, prepared for looking for claims."""

    def __init__(self, page: Draft) -> None:
        self.page = page
        self.start = len(page.source.text) - len(page.front.body)
        """The offset at which the body starts."""
        self._occurrences: dict[str, list[int]] = {}
        # A few letters are longer in lower case. Offsets would then be wrong, so that only words
        # which are in lower case already are found.
        self.lower = page.lower if len(page.lower) == len(page.prose) else page.prose

    def find(self, word: str, pattern: re.Pattern[str], *others: str) -> Iterator[ClaimSentence]:
        """The sentences in which the pattern matches at an occurrence of the word, which is in
        lower case and may have the ending -ed (see `_forms`). A page without the others, which
        each match has too, is not searched."""
        if others and not self.page.words.issuperset(others):
            return
        if word not in self._occurrences:
            is_absent = self.page.words.isdisjoint(_forms(word))
            self._occurrences[word] = [] if is_absent else list(self._find_word(word))
        for offset in self._occurrences[word]:
            if match := pattern.match(self.lower, offset):
                yield ClaimSentence(self, match)

    def _find_word(self, word: str) -> Iterator[int]:
        offset, count = self.lower.find(word, self.start), 0
        while offset >= 0 and count < MAX_OCCURRENCES:
            if not self.lower[offset - 1 : offset].isalnum():
                yield offset
            offset, count = self.lower.find(word, offset + len(word)), count + 1

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence around a stretch of text begins and ends, as offsets."""
        window = max(self.start, start - SENTENCE_WINDOW)
        first = max(window, self.lower.rfind("\n\n", window, start))
        for bound in _BOUND.finditer(self.lower, first, start):
            first = bound.end()
        after = _BOUND.search(self.lower, end, end + SENTENCE_WINDOW)
        return first, after.end() if after else min(len(self.lower), end + SENTENCE_WINDOW)

    def section_at(self, line: int) -> tuple[str, str | None]:
        """The key of the section that a line is in, and the medicine that section is about on a
        page of several."""
        at = bisect_right(self._part_lines, line) - 1
        if at < 0:
            return "", None
        part = self.page.outline.parts[at]
        return part.key, part.subject

    def heading(self, line: int) -> str:
        """The headings that a line is under, in lower case; '' where there is none."""
        at = bisect_right(self._headings, line, key=lambda heading: heading[0]) - 1
        return self._headings[at][1] if at >= 0 else ""

    def about(self, before: str) -> str | None:
        """What a sentence is about that begins with these words: '' for the page's medicine, the
        name of an ingredient, None for something else."""
        every, lead = set(words(before)), words(_LEAD.sub("", before))
        named = [name for name, own_words in self._names.items() if own_words & every]
        if len(named) == 1:
            return named[0]
        subject = lead[:1] if set(lead[1:2]) & _VERBS else lead[:3]
        return "" if named or len(lead) < 2 or set(subject) & _SELF else None

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        headings: list[tuple[int, str]] = []
        above: list[Block] = []
        for block in self.page.document.blocks:
            if block.kind == "heading":
                above = [*(outer for outer in above if outer.level < block.level), block]
                headings.append((block.line, " ".join(outer.text.lower() for outer in above)))
        return headings

    @cached_property
    def _part_lines(self) -> list[int]:
        return [part.line for part in self.page.outline.parts]

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        """The words that mean the page's medicine (under ''), or each of its ingredients (under its
        name)."""
        ingredients = [name.strip() for name in self.page.title.split(" + ") if name.strip()]
        if len(ingredients) > 1:
            return {name: _name_words(name) for name in ingredients}
        fields = self.page.fields
        stated = (
            self.page.title,
            fields.product.generic_slug,
            *(name.text for name in fields.names),
        )
        return {"": frozenset[str]().union(*map(_name_words, stated))}


@cache
def _forms(word: str) -> tuple[str, str]:
    """The letters with which a word begins (`off` of `off-label`), alone and with -ed: a page that
    has neither among its words need not be searched for it."""
    letters = _LETTERS.match(word)
    first = letters.group() if letters else ""
    return first, f"{first}ed"


@lru_cache(maxsize=1)  # rules look for claims, then the facts of the same page are gathered
def text_of(page: Draft) -> Text:
    """The text of a page, prepared once."""
    return Text(page)


def _name_words(name: str) -> frozenset[str]:
    """The words of a name that are long enough to recognise it by; all where none is."""
    every = words(name)
    long = frozenset(word for word in every if len(word) >= MIN_NAME_LENGTH)
    return long or frozenset(every)
