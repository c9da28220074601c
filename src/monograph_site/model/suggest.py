"""The nearest of several choices: what a misspelt word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from .strings import squash

MIN_SIMILARITY = 75.0
"""Of 100: `lnag` and `lang` have 75."""
MIN_LONG_WORD = 8
"""Letters of a word in which two typing errors are likely."""


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice that a word was probably meant to be; '' where none is near."""
    from rapidfuzz import fuzz, process  # only a misspelt word needs it, and most runs have none
    from rapidfuzz.distance import OSA

    names, key = sorted(choices), squash(word)
    best = process.extractOne(
        key, names, scorer=fuzz.ratio, processor=squash, score_cutoff=MIN_SIMILARITY
    )
    if best is not None:
        return best[0]
    # `ulr` and `url` have only 67, and are one typing error apart. Words of two letters always are.
    near = (
        name
        for name in names
        if len(key) > 2 and OSA.distance(key, squash(name), score_cutoff=1) <= 1
    )
    return next(near, "")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence that offers the nearest choice, '' where none is near."""
    near = closest(word, choices)
    return f"Did you mean {near!r}?" if near else ""


def is_typing_error(word: str, choices: Iterable[str]) -> bool:
    """Whether a word is one typing error away from a choice, a long word two. Capitals, hyphens and
    underscores between the letters are none."""
    from rapidfuzz.distance import OSA  # as above

    key = squash(word)
    limit = 1 if len(key) < MIN_LONG_WORD else 2
    return any(
        OSA.distance(key, squash(choice), score_cutoff=limit) <= limit
        for choice in choices
        if not choice.startswith("_")
    )
