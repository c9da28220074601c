"""The nearest of several choices: what a misspelt word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from .strings import squash

NEAR = 75.0
"""The least likeness, of 100, that makes a word a near miss: `lnag` for `lang` is 75."""


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice a word was probably meant to be; '' where none is near."""
    from rapidfuzz import fuzz, process  # only a fault needs it, and most runs have none
    from rapidfuzz.distance import OSA

    names, key = sorted(choices), squash(word)
    best = process.extractOne(key, names, scorer=fuzz.ratio, processor=squash, score_cutoff=NEAR)
    if best is not None:
        return best[0]
    # `ulr` is only 67 like `url`, and one slip away; of two letters every two words are.
    slips = (
        name
        for name in names
        if len(key) > 2 and OSA.distance(key, squash(name), score_cutoff=1) <= 1
    )
    return next(slips, "")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence that offers the nearest choice, '' where none is near."""
    near = closest(word, choices)
    return f"Did you mean {near!r}?" if near else ""
