"""contradictory-dose (W705)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import apart, quoted

_ADVICE = "Find out which dose holds, or say for whom each of them does."


@site_rule("W705", "contradictory-dose")
def contradictory_dose(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two maximum daily doses of one medicine: in the section of doses and in the questions or the
    summary of a page, or on two pages.

    Only sentences without a condition (age, kidney function, use, route) are compared, and only
    where each text gives one maximum.

    Why it matters: who finds the higher one first takes too much.

    Wrong: `The maximum daily dose is 40 mg.` under Dosage, and `The maximum daily dose is 60 mg.`
    in an answer.

    Right: the same dose in both places.

    How to fix: look at the current label, and correct the wrong sentence; name the condition where
    both hold.
    """
    for first, last in apart(context.disputes.get("dose", ()), lambda said: said.place):
        yield quoted(first, last, _ADVICE)
