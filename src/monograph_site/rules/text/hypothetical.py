"""hypothetical (W205)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_OF_AN_EFFECT = regex(
    r"\b(?:effects?|benefits?|risks?|interactions?|synergy|mechanisms?|actions?)\b[^.!?\n]{0,60}"
    r"\b(?:is|are|remains?) (?:\w+ )?$",
    re.IGNORECASE,
)
"""Words before a match that say it of an effect, which says nothing of the product."""
_HYPOTHETICAL = regex(r"\bhypothetical\w*", re.IGNORECASE)


@rule("W205", "hypothetical", languages=("en",))
def hypothetical(page: Draft) -> Iterator[Problem]:
    """The page of a combination calls its own medicine hypothetical.

    Why it matters: a combination that is not sold anywhere should not look like one that is.

    Wrong: `This hypothetical combination might be used for …`

    Right: `This combination is not sold as one product. The two medicines are sometimes taken
    together for …`

    How to fix: say at the top that it is not an actual product, or remove the page.
    """
    if page.kind != "combination" or "hypothetical" not in page.lower:
        return
    matches = (
        match
        for match in _HYPOTHETICAL.finditer(page.prose)
        if not _OF_AN_EFFECT.search(page.prose, max(0, match.start() - 100), match.start())
    )
    match = next(matches, None)
    if match:
        message = f"The text calls this combination, or what it says of it, {match.group()!r}."
        yield page.match(match, f"{message}\nSay at the top that it is not an actual product.")
