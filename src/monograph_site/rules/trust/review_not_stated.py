"""review-not-stated (I513)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("I513", "review-not-stated")
def review_not_stated(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts state no review. Their pages say so. Said once for the site.

    Why it matters: readers can't know whether a professional has read the page.

    Wrong: a file without `review`.

    Right: `review: submitted`

    How to fix: state the true state: draft, submitted, in_review, approved or retired.
    """
    texts = context.site.texts
    silent = sum(one.review.status == "not_stated" for one in texts)
    if silent:
        said = f"{silent} of {len(texts)} texts state no review, and their pages say so."
        yield "", Problem(Span(), f"{said}\nState `review` where one took place or is asked for.")
