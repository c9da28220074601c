"""review-due-before-review (W515)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W515", "review-due-before-review", about=_subjects.review)
def review_due_before_review(page: Draft) -> Iterator[Problem]:
    """The next review is due before the last one, or on the same day.

    Why it matters: the page counts as overdue from its first day, or one of the dates is wrong.

    Wrong: `review: {status: approved, by: [A. Person], on: 2025-01-20, next_due: 2024-01-20}`

    Right: `next_due: 2027-01-20`

    How to fix: correct the date that is wrong, or omit `next_due` to use the site's review
    interval.
    """
    review = page.fields.review
    if review and review.on and review.next_due and review.next_due[:10] <= review.on[:10]:
        message = (
            f"The next review is due on {review.next_due[:10]}, not after the last review on "
            f"{review.on[:10]}.\nCorrect one of the dates."
        )
        yield page.in_front(message, "review", "next_due")
