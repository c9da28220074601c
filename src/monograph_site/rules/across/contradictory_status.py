"""contradictory-status (W706)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import opposed, quoted

_ADVICE = "Find out which is so today, correct the other, and state it as `status` in front matter."


@site_rule("W706", "contradictory-status")
def contradictory_status(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """One text says a medicine is banned or withdrawn in a country, another that it is approved or
    sold there.

    Why it matters: a reader of the second page looks for a medicine that may have been withdrawn
    for harming people.

    Wrong: `Examplin is banned in India.` and, on another page, `Examplin is approved in India.`

    Right: `Examplin has been banned in India since 2018.` on both pages.

    How to fix: ask the authority of that country, and correct the page that is out of date.
    """
    for first, last in opposed(context.disputes.get("status", ()), _contradict):
        yield quoted(first, last, _ADVICE)


def _contradict(one: Claim, other: Claim) -> bool:
    return one.value == other.value
