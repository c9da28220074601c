"""reviewed-before-changed (W504)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W504", "reviewed-before-changed", about=_subjects.review)
def reviewed_before_changed(page: Draft) -> Iterator[Problem]:
    """The text was changed after its last review.

    Why it matters: the page names a reviewer for sentences that the reviewer never saw.

    Wrong: `review: {status: approved, by: [A. Person], on: 2025-01-20}` and `dates:
    {content_changed: 2025-03-01}`.

    Right: a review of 2025-03-01 or later, or `status: submitted` until there is one.

    How to fix: have the change reviewed, and update the date. A machine's time stamp
    (`lastModified`) does not count as a change.
    """
    review, changed = page.fields.review, page.fields.dates.changed
    if review and review.on and changed[:10] > review.on[:10] and review.status != "retired":
        message = f"The text was changed on {changed[:10]}, after its review on {review.on[:10]}."
        yield page.in_front(f"{message}\nHave the change reviewed.", "review", "on")
