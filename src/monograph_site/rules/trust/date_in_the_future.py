"""date-in-the-future (W505)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule


@site_rule("W505", "date-in-the-future")
def date_in_the_future(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """The date of a past event (a review, a change, an import) is later than today (`--as-of`).

    Why it matters: a review that has not taken place is shown as one that has, and it never becomes
    overdue.

    Wrong: `review: {status: approved, by: [A. Person], on: 2205-01-31}`

    Right: `review: {status: approved, by: [A. Person], on: 2025-01-31}`

    How to fix: correct the date; most often the year is wrong.
    """
    for entry in context.site.entries:
        dates = entry.dates
        for key, event, date in (
            ("review", "The review date", entry.review.on),
            ("created", "The date of creation", dates.created),
            ("changed", "The date of the last change", dates.changed),
            ("imported", "The time stamp", dates.imported),
        ):
            if date[:10] > context.as_of[:10]:
                text = f"{event} {date[:10]!r} is in the future.\nCorrect the date."
                yield entry.path, Problem(entry.at(key), text, len(date))
