"""Headings that are nearly one of the table: a slip of the hand that hides a section."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .text import squash
from .vocabulary import HEADINGS, key_for, normalise

SHORTEST = 5
"""Characters a word must have to be taken for another: four letters are too near too many words (`dose`, `nose`)."""
LONGEST = 60
"""Characters of a heading that is looked at."""
_TWO_SLIPS = 9
"""Characters from which on a word may have two slips in it."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=8192)
def misspelt(heading: str) -> str:
    """The known heading that a heading was probably meant to be; '' where it is known itself, or near none.

    Each word that the table does not have must be near one that it has: with the same first letter, which slips spare
    and other words (`medications`, `indications`) do not, and one or, in a long word, two letters off.
    """
    words = _WORD.findall(heading.casefold()) if SHORTEST <= len(heading) <= LONGEST else ()
    if len(words) == 1 and words[0] in _joined():
        return "" if key_for(heading) else _joined()[words[0]]
    if not words or not all(word in _words() or _near(word) for word in words) or key_for(heading):
        return ""
    meant = " ".join(word if word in _words() else _near(word) for word in normalise(heading).split())
    return meant if key_for(meant) else ""


@cache
def _joined() -> dict[str, str]:
    """The headings of the table by their letters alone: `side effects` is also meant by `sideeffects`."""
    return {squash(heading): heading for some in HEADINGS.values() for heading in reversed(some)}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for some in HEADINGS.values() for heading in some for word in heading.split())


@lru_cache(maxsize=8192)
def _near(word: str) -> str:
    """The word of the table that is near this one; '' where none is, or only its singular or plural (`Caution`)."""
    from rapidfuzz.distance import OSA  # only a heading that is not known needs it

    if len(word) < SHORTEST:
        return ""
    slips = 2 if len(word) >= _TWO_SLIPS else 1
    first = "aeiou" if word[0] in "aeiou" else word[0]  # the side "affects" are effects
    like = [one for one in _words() if one[0] in first and len(one) > 3]
    distance, best = min(((OSA.distance(word, one, score_cutoff=slips), one) for one in like), default=(slips + 1, ""))
    return best if distance <= slips and best.rstrip("s") != word.rstrip("s") else ""
