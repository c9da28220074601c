"""review-overdue (W511)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.dates import months_after
from ...model.finding import Problem
from .. import SiteContext, site_rule


@site_rule("W511", "review-overdue")
def review_overdue(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """The next review of the text was due before today (`--as-of`).

    Why it matters: the page says that its review is overdue.

    Wrong: `review: {status: approved, by: [A. Person], on: 2019-01-31}` and an interval of 36
    months.

    Right: the same with the date of a new review.

    How to fix: review the text again and update the date, or retire the page.
    """
    site = context.site
    for entry in site.entries:
        if entry.path in site.overdue:
            review = entry.review
            due = review.next_due or months_after(review.on, site.config.review.months)
            text = f"The next review was due on {due[:10]}.\nReview the text, or retire the page."
            span = entry.places.get("next review") or entry.at("review")
            yield entry.path, Problem(span, text, len(due))
