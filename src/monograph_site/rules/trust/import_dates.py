"""import-dates (I501)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("I501", "import-dates")
def import_dates(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Nearly all files carry the time stamp of one import. It is shown as an import date, never as
    a date of change.

    Why it matters: "last updated" on ten thousand pages at once says nothing of any of them.

    Wrong: the same `lastModified` in every file.

    Right: `dates: {content_changed: 2025-01-31}` where somebody changed the text that day.

    How to fix: remove `lastModified`, or state real dates.
    """
    if context.site.import_dates:
        said = "Nearly all files carry the time stamp of one import: it is no date of change."
        yield (
            "",
            Problem(
                Span(),
                f"{said}\nState `dates: {{content_changed: …}}` where somebody changed the text.",
            ),
        )
