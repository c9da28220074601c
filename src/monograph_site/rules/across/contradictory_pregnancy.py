"""contradictory-pregnancy (W702)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import opposed, quoted

_ADVICE = "Find out which holds and for whom, and correct the other."


@site_rule("W702", "contradictory-pregnancy")
def contradictory_pregnancy(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A medicine is called safe in pregnancy or while breastfeeding, and elsewhere, of the same
    medicine, it is said that it must not or should not be used then.

    Sentences with a condition (a trimester, a dose, a route) are not compared.

    Why it matters: it is the question most readers of such a page come with, and one of the two
    answers harms.

    Wrong: `Examplin is considered safe during pregnancy.` and, on another page,
    `Examplin is contraindicated in pregnancy.`

    Right: `Examplin is contraindicated in pregnancy.` on both pages.

    How to fix: look at the current label, and correct the wrong page; name the condition where both
    hold.
    """
    for topic in ("pregnancy", "breastfeeding"):
        for first, last in opposed(context.disputes.get(topic, ()), _contradict):
            yield quoted(first, last, _ADVICE)


def _contradict(one: Claim, other: Claim) -> bool:
    return one.side != other.side
