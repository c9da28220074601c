"""review-overdue (W511)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.dates import months_after
from ...model.finding import Problem
from .. import SiteContext, site_rule


@site_rule("W511", "review-overdue")
def review_overdue(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """The next review of the text was due before today (`--as-of`).

    Why it matters: the page tells readers that its review is overdue.

    Wrong: `review: {status: approved, by: [A. Person], on: 2019-01-31}` and an interval of 36
    months.

    Right: the same with the date of a new review.

    How to fix: review the text again and state the date, or retire the page.
    """
    for one in context.site.entries:
        if one.path in context.site.overdue:
            due = one.review.next_due or months_after(
                one.review.on, context.site.config.review.months
            )
            text = f"The next review was due on {due[:10]}.\nReview the text again, or retire the page."
            yield (
                one.path,
                Problem(one.places.get("next review") or one.at("review"), text, len(due)),
            )
