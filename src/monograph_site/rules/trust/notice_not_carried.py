"""notice-not-carried (W517)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule

_GRAVE = ("banned", "withdrawn", "suspended")


@site_rule("W517", "notice-not-carried")
def notice_not_carried(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A medicine is banned, withdrawn or suspended, and the page of a brand of exactly that
    medicine does not say so.

    Why it matters: readers look up the brand on their pack, and its page shows no warning.

    Wrong: `status: banned` on the page of a combination, and no `status` on the page of a brand of
    it.

    Right: the same status on both.

    How to fix: state the status on the brand's page; where the brand is sold in another country,
    state that country's status.
    """
    site = context.site
    grave = {one.path: one for one in site.entries if one.status.state in _GRAVE}
    for one in site.entries if grave else ():
        generic = site.related[one.path].generic
        if one.kind == "brand" and generic and generic.path in grave and not one.status.state:
            state = grave[generic.path].status.state
            said = f"{generic.title!r}, which this brand contains, is {state}; this page does not say so."
            yield (
                one.path,
                Problem(
                    one.at("title"), f"{said}\nState the brand's own `status`.", len(one.title)
                ),
            )
