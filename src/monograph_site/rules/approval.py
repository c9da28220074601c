"""unsigned-approval (MS521)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

UNSIGNED = Finding("MS521", "unsigned-approval", Severity.ERROR)


@RULES.named("unsigned-approval")
def unsigned_approval(page: Draft) -> Iterator[Diagnostic]:
    """A review that is `approved` without saying by whom and when. The page shows it as submitted, not as approved.

    Why it matters: readers trust an approval, so somebody must stand behind it.

    Example: `review: approved`, or `review: {status: approved, on: 2025-01-20}`.
    """
    review = page.fields.review
    if review and review.status == "approved" and not (review.by and review.on):
        lacking = " and ".join(key for key, value in (("by", review.by), ("on", review.on)) if not value)
        message = f"The review is approved without {lacking!r}. Name the reviewer and the date, or write `submitted`."
        yield page.in_front(UNSIGNED, message, "review")
