"""Classes of medicines and conditions as names: when two spellings are one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from ..regex import regex
from .strings import fold, squash

ATC_CODE = regex(r"[A-DGHJLMNPRSV](?:\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?)?")
"""A code of the Anatomical Therapeutic Chemical classification of the WHO, of any of its five
levels: `N`, `N02`, `N02B`, `N02BE`, `N02BE01`."""
ATC_GROUP_LENGTH = 3
"""Characters of the code of a therapeutic subgroup (the second level): `N02`."""

_BRACKETS = regex(r"\s*\([^()]*\)")
_GENERAL_NOUN = regex(r"\s+(?:agent|drug|medicine|medication)s?$")
_SPELLINGS = (("ae", "e"), ("oe", "e"), ("isation", "ization"), ("iser", "izer"))
"""British and American spellings (haematinic, stabiliser)."""
_NOT_PLURAL = (
    *(
        "ss",
        "us",
        "is",
        "aids",
        "ascites",
        "caries",
        "diabetes",
        "gas",
        "herpes",
        "hives",
        "measles",
    ),
    *("mumps", "piles", "rabies", "rickets", "scabies", "shingles", "tremens", "yaws"),
)
"""Ends of names whose last letter is not that of a plural."""


def plain_name(name: str) -> str:
    """The name folded, in the singular, without brackets and a general noun at its end."""
    text = _GENERAL_NOUN.sub("", _BRACKETS.sub("", fold(name)).strip())
    if not text.endswith("s") or text.endswith(_NOT_PLURAL):
        return text
    return f"{text[:-3]}y" if text.endswith("ies") else text[:-1]


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """What all spellings of a class or condition share: case, hyphens, brackets, a plural, British
    or American spelling, and a general noun at the end (`antifungal agents`, `antifungal`) make no
    difference."""
    text = plain_name(name)
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return squash(text)


def usual_spelling(names: Iterable[str]) -> str:
    """The most frequent of several spellings of one name, with a capital letter at its start; of
    equally frequent ones the first in the alphabet."""
    counts = Counter(names)
    best = min(counts, key=lambda name: (-counts[name], name))
    return best[:1].upper() + best[1:]
