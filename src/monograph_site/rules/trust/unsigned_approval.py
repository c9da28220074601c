"""unsigned-approval (E521)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("E521", "unsigned-approval", about=_subjects.review)
def unsigned_approval(page: Draft) -> Iterator[Problem]:
    """A review is `approved` but does not say by whom and when. The page shows it as submitted, not
    as approved, and the rules on approved pages do not apply.

    Why it matters: readers trust an approval, so somebody must answer for it.

    Wrong: `review: approved`

    Right: `review: {status: approved, by: ["A. Person, pharmacist"], on: 2025-01-20}`

    How to fix: name the reviewer and the date, or write `submitted`.
    """
    review = page.fields.review
    if review and review.status == "approved" and not review.is_signed:
        missing = [key for key, value in (("by", review.by), ("on", review.on)) if not value]
        message = (
            f"The review is approved without {' and '.join(map(repr, missing))}."
            "\nName the reviewer and the date, or write `submitted`."
        )
        yield page.in_front(message, "review")
