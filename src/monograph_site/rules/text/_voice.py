"""Who speaks in a text: how the rules on what a language model leaves behind find its voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ...loader.draft import Draft
from ...regex import regex

SENTENCE_WINDOW = 400
"""Characters that are searched for the end of a sentence or line: a longer one is not a question.
"""
_I = regex(r"I(?<!\wI)(?=['’]| (?:['’]|am|apologi|can|could|do|have|must|will|won|would))")
"""The word before what authors say of themselves. In most questions another word follows (`Should I
take …?`). It begins with a plain letter, which makes the search fast."""
_SENTENCE_END = regex(r"[.!?\n]")
_QUESTION_BEFORE = regex(
    r"(?:\bif|\bwhen|\bwhat|\bwhy|\bhow|\bcan|\bshould|[\"“])\s*$", re.IGNORECASE
)


def matches_by_author(
    page: Draft,
    patterns: Iterable[re.Pattern[str]],
    first_person: Iterable[re.Pattern[str]] = (),
    *,
    lower: bool = False,
) -> Iterator[re.Match[str]]:
    """The matches of the patterns in what the author of a page says, in the order of the text.
    Questions are left out: in them, "I" is the reader. Patterns in the `first_person` begin as `_I`
    does. With `lower`, the patterns are in lower case (searching so is faster than ignoring
    case).
    """
    text, end = page.lower if lower else page.prose, 0
    if len(text) != len(page.prose):
        return  # the lower case of a letter has two letters, so offsets would be wrong
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    for pattern in first_person if _places_of_i(page) else ():
        matches += _matches_at(_places_of_i(page), pattern, text)
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end and not _is_question(text, match):
            end = match.end()
            yield match


@lru_cache(maxsize=1)  # two rules look for it, with several patterns each
def _places_of_i(page: Draft) -> tuple[int, ...]:
    """Where a page may say something in the first person."""
    if "i" not in page.words:
        return ()
    return tuple(match.start() for match in _I.finditer(page.prose))


def _matches_at(
    places: Iterable[int], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at one of these places and not inside another match."""
    end = 0
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def _is_question(text: str, match: re.Match[str]) -> bool:
    """Whether a match is in a question, or in a heading that ends as one."""
    close = _SENTENCE_END.search(text, match.end(), match.end() + SENTENCE_WINDOW)
    if close is not None and close.group() == "?":
        return True
    if _QUESTION_BEFORE.search(text, max(0, match.start() - 12), match.start()):
        return True
    start = text.rfind("\n", max(0, match.start() - SENTENCE_WINDOW), match.start()) + 1
    end = text.find("\n", match.end(), match.end() + SENTENCE_WINDOW)
    rest = text[match.end() : end if end >= 0 else None]
    return text[start : start + 1] == "#" and rest.rstrip(" *_").endswith("?")


def wording(page: Draft, match: re.Match[str]) -> str:
    """The last three words up to the end of a match, as the page writes them."""
    return " ".join(page.prose[max(0, match.start() - 40) : match.end()].split()[-3:])
