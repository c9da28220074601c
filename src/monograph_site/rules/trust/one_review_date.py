"""one-review-date (I506)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule

LEAST = 20
"""As many approvals a person may well give in a day."""


@site_rule("I506", "one-review-date")
def one_review_date(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Nearly all approvals of a site carry the date of one day. Said once for the site.

    Why it matters: nobody reviews hundreds of medicines in a day, so readers learn nothing from
    these dates.

    Wrong: `on: 2025-01-31` in the `review` of all four hundred files.

    Right: in each file the day on which its reviewer had read it.

    How to fix: state the true dates; where a tool set them, set the status back to `submitted`.
    """
    days = Counter(
        one.review.on[:10] for one in context.site.texts if one.review.status == "approved"
    )
    day, count = max(days.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    if count > LEAST and count * 10 >= days.total() * 9:
        said = f"{count} of {days.total()} approvals are dated {day!r}."
        yield "", Problem(Span(), f"{said}\nState the day on which each text was read.")
