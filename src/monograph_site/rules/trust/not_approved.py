"""not-approved (I514)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("I514", "not-approved")
def not_approved(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts are not approved and left out, as `review.approved_only` in site.yaml asks.

    Why it matters: an editor may wait for a page that will not come.

    Wrong: `review: submitted` in a site that publishes approved texts only.

    Right: an approval with reviewer and date.

    How to fix: have the text reviewed, or publish all with a notice: `approved_only: false`.
    """
    if context.site.unapproved:
        said = f"{context.site.unapproved} texts are not approved and left out, as `review.approved_only` asks."
        yield "", Problem(Span(), f"{said}\nHave them reviewed, or publish them with a notice.")
