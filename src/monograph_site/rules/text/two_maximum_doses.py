"""two-maximum-doses (W231)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.claims.dose import LIMITED, dose
from ...loader.claims.sentences import text_of
from ...loader.draft import Draft
from ...model.claims import Claim
from ...model.finding import Problem
from ...model.source import Span
from ...regex import regex
from .. import rule

_GENERAL = regex(r"\b(?:maximum|dos(?:e|age))\W*$", re.IGNORECASE)
"""The end of a label that names no condition: `**Maximum dose`."""


@rule("W231", "two-maximum-doses", languages=("en",))
def two_maximum_doses(page: Draft) -> Iterator[Problem]:
    """One section gives two different maximum daily doses, neither of them under a condition (age,
    kidney function, use, route).

    For doses in two sections or on two pages see `contradictory-dose`.

    Why it matters: readers who see the higher one take too much.

    Wrong: `Do not take more than 4 g a day. The maximum daily dose is 3 g.`

    Right: `Adults: the maximum daily dose is 3 g.`

    How to fix: check the current label, and correct the wrong sentence; name the condition where both
    are right.
    """
    if not page.is_medicine:
        return
    seen: dict[tuple[str, str], Claim] = {}
    for claim in sorted(
        (claim for claim in dose(text_of(page)) if claim),
        key=lambda claim: (claim.line, claim.column),
    ):
        first = seen.setdefault((claim.section, claim.about), claim)
        if first.side != claim.side and not any(_is_limited(page, one) for one in (first, claim)):
            message = f"{claim.sentence!r} contradicts line {first.line}: {first.sentence!r}."
            hint = "Check which dose is right, or say for whom each of them is meant."
            yield Problem(Span(claim.line, claim.column), f"{message}\n{hint}", claim.length)
            return


def _is_limited(page: Draft, claim: Claim) -> bool:
    """Whether the words before the dose on its line say for whom or for what it is: `Gout: …`,
    `Children 6 to 11 years of age: … Do not take more than …`."""
    before = page.lines[claim.line - 1][: claim.column - 1]
    label, colon, _ = before.rpartition(":")
    is_labelled = bool(colon) and _GENERAL.search(label) is None
    return is_labelled or LIMITED.search(before.lower()) is not None
