"""contradictory-route (W704)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import opposed, quoted

_ADVICE = "Find out how it may be given; where products differ, say which one each sentence means."


@site_rule("W704", "contradictory-route")
def contradictory_route(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A medicine is said to be given in a way that another sentence about it rules out.

    Why it matters: what is meant for the skin or for a muscle can kill in a vein.

    Wrong: `Examplin is for external use only.` and, on another page, `Examplin is given
    intravenously.`

    Right: `Examplin cream is for external use only.` and `Examplin injection is given
    intravenously.`

    How to fix: look at the current label, and correct the wrong sentence; name the product where
    both hold.
    """
    for first, last in opposed(context.disputes.get("route", ()), _contradict):
        yield quoted(first, last, _ADVICE)


def _contradict(one: Claim, other: Claim) -> bool:
    claims = {one.side: set(one.value.split()), other.side: set(other.value.split())}
    used, only, ruled_out = (
        claims.get("by", set()),
        claims.get("only", set()),
        claims.get("not", set()),
    )
    if used:
        return bool(used & ruled_out) or (bool(only) and not used & only)
    return bool(only) and only <= ruled_out
