"""broken-link (E405)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule
from ._targets import Destinations


@site_rule("E405", "broken-link")
def broken_link(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A link leads to a page that this site does not have. Old addresses of pages (`aliases`) count
    as pages.

    Why it matters: the reader who wants to know more meets an error page.

    Wrong: `[samplol](../drugs/samplool.md)`, where the file is `drugs/samplol.md`.

    Right: `[samplol](../drugs/samplol.md)`

    How to fix: correct the address. A link to the other file, as seen from this one, stays right
    when addresses change.
    """
    there = Destinations(context.site)
    for entry in context.site.entries:
        for link in entry.facts.links:
            target = there.of(entry, link)
            if target is not None and not there.exists(target.url):
                way = (
                    f"leads to {target.url!r}, which is"
                    if target.url != link.target
                    else "leads to"
                )
                message = f"The link {link.target!r} {way} no page of this site."
                place = Span(link.line, link.column)
                yield (
                    entry.path,
                    Problem(place, f"{message}\n{there.advice(entry, link)}", len(link.target)),
                )
