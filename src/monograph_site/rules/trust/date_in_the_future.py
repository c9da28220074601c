"""date-in-the-future (W505)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule


@site_rule("W505", "date-in-the-future")
def date_in_the_future(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A date of what has happened (a review, a change, an import) that is later than today
    (`--as-of`).

    Why it matters: a review that has not taken place is shown as one that has, and it is never
    overdue.

    Wrong: `review: {status: approved, by: [A. Person], on: 2205-01-31}`

    Right: `review: {status: approved, by: [A. Person], on: 2025-01-31}`

    How to fix: correct the date; the year is wrong most often.
    """
    for one in context.site.entries:
        dates = one.dates
        for place, what, day in (
            ("review", "The review", one.review.on),
            ("created", "The text's creation", dates.created),
            ("changed", "The text's last change", dates.changed),
            ("imported", "The time stamp", dates.imported),
        ):
            if day[:10] > context.as_of[:10]:
                text = (
                    f"{what} is dated {day[:10]!r}, which is later than today.\nCorrect the date."
                )
                yield one.path, Problem(one.at(place), text, len(day))
