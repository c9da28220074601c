"""Who speaks in a text: how the rules on what a language model leaves behind find its voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...loader.draft import Draft

_FAR = 400
"""Characters that are searched for the end of a sentence or line: one that goes on for longer is no
question."""
_SENTENCE_END = re.compile(r"[.!?\n]")
_ASKING = re.compile(r"(?:\bif|\bwhen|\bwhat|\bwhy|\bhow|\bcan|\bshould|[\"“])\s*$", re.IGNORECASE)


def said(
    page: Draft, patterns: Iterable[re.Pattern[str]], *, lower: bool = False
) -> Iterator[re.Match[str]]:
    """What the page says in these words, in the order of the text, without what its readers say: in
    questions, "I" is the reader. With `lower` the patterns are in lower case (to search so is
    faster than to search whatever the case).
    """
    text, end = page.lower if lower else page.prose, 0
    if len(text) != len(
        page.prose
    ):  # a letter that has no lower case of one letter: places would be wrong
        return
    for match in sorted(
        (m for one in patterns for m in one.finditer(text)), key=lambda m: (m.start(), -m.end())
    ):
        close = _SENTENCE_END.search(text, match.end(), match.end() + _FAR)
        asked = close is not None and close.group() == "?"
        asked = asked or _ASKING.search(text, max(0, match.start() - 12), match.start()) is not None
        if match.start() >= end and not asked and not _in_heading_that_asks(text, match):
            end = match.end()
            yield match


def _in_heading_that_asks(text: str, match: re.Match[str]) -> bool:
    start = text.rfind("\n", max(0, match.start() - _FAR), match.start()) + 1
    end = text.find("\n", match.end(), match.end() + _FAR)
    return text[start : start + 1] == "#" and text[match.end() : end if end >= 0 else None].rstrip(
        " *_"
    ).endswith("?")


def wording(page: Draft, match: re.Match[str]) -> str:
    """The last three words up to the end of a match, as the page writes them."""
    return " ".join(page.prose[max(0, match.start() - 40) : match.end()].split()[-3:])
