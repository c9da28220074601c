"""broken-link (E405)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...site.internal_links import read_wikilink
from .. import SiteContext, site_rule
from ._targets import Destinations


@site_rule("E405", "broken-link")
def broken_link(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A link to a page that this site does not have. Old addresses of pages (`aliases`) count as
    pages, and so do pages that are missing only because their file has an error.

    For `[[Name]]` see `unresolved-wikilink`.

    Why it matters: readers who want to know more get an error page.

    Wrong: `[samplol](../drugs/samplool.md)`, where the file is `drugs/samplol.md`.

    Right: `[samplol](../drugs/samplol.md)`

    How to fix: correct the address. A link to the other file, relative to this one, stays valid
    when addresses change.
    """
    destinations = Destinations(context.site)
    for entry in context.linking_entries:
        for link in entry.facts.links:
            target = None if read_wikilink(link.target) else destinations.of(entry, link)
            if target is None or destinations.exists(target.url):
                continue
            if not destinations.is_unbuilt(entry, link):
                resolved = f" ({target.url})" if target.url != link.target else ""
                message = f"This site has no page for the link {link.target!r}{resolved}."
                problem = f"{message}\n{destinations.hint(entry, link)}"
                yield entry.path, Problem(Span(link.line, link.column), problem, len(link.target))
