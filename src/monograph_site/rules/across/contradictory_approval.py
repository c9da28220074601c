"""contradictory-approval (W701)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import opposed, quoted

_ADVICE = "Find out which is so today and where, and correct the other."


@site_rule("W701", "contradictory-approval")
def contradictory_approval(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """One text calls a use off-label, another of the same medicine calls it approved or indicated.

    Why it matters: a reader of the first page thinks that nobody has tested what the second page
    recommends. Often both were right once, in two years or two countries.

    Wrong: `Examplin is used off-label for migraine.` and, on another page, `Examplin is indicated
    for migraine.`

    Right: `Examplin is approved for migraine in adults since 2021.` on both pages.

    How to fix: look at the current label, and correct the page that is out of date; name the
    country where they differ.
    """
    for first, last in opposed(context.disputes.get("approval", ()), _contradict):
        yield quoted(first, last, _ADVICE)


def _contradict(one: Claim, other: Claim) -> bool:
    return one.value == other.value
