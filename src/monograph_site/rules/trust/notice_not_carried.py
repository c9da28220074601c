"""notice-not-carried (W517)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._status import SERIOUS_STATES


@site_rule("W517", "notice-not-carried")
def notice_not_carried(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A medicine is banned, withdrawn or suspended, and the page of a brand of exactly that
    medicine does not say so.

    Why it matters: readers look up the brand on their pack, and its page shows no warning.

    Wrong: `status: banned` on the page of a combination, and no `status` on the page of a brand of
    it.

    Right: the same status on both.

    How to fix: add the status to the brand's page; if the brand is sold in another country, give
    that country's status.
    """
    site = context.site
    states = {
        entry.path: entry.status.state
        for entry in site.entries
        if entry.status.state in SERIOUS_STATES
    }
    for entry in site.entries if states else ():
        generic = site.related[entry.path].generic
        if entry.kind != "brand" or not generic or entry.status.state:
            continue
        if generic.path in states:
            text = (
                f"This brand contains {generic.title!r}, which is {states[generic.path]}; "
                "this page does not say so.\nAdd the brand's own `status`."
            )
            yield entry.path, Problem(entry.at("title"), text, len(entry.title))
