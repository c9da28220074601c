"""unresolved-wikilink (W426)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import InternalLink
from ...model.finding import Problem
from ...model.source import Span
from ...model.strings import fold
from ...site.internal_links import read_wikilink
from ...site.site import Entry
from .. import SiteContext, site_rule
from ._targets import Destinations

MAX_SUGGESTIONS = 100
"""Names for which a similar one is looked for, which takes milliseconds each on a large site."""


@site_rule("W426", "unresolved-wikilink")
def unresolved_wikilink(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A wikilink (`[[Name]]`) whose name no page has as its title, other name or file name. The page
    shows the words without a link. One finding for each name, at the first such link, with the
    number of links.

    For links with an address, `[text](address)`, see `broken-link`.

    Why it matters: readers cannot read on, and a misspelt name goes unnoticed.

    Wrong: `See [[Samplool]].` on a site with a page on samplol.

    Right: `See [[Samplol]].`

    How to fix: correct the name, add it to the `names` of the page that is meant, or write that
    page.
    """
    destinations = Destinations(context.site)
    links: dict[str, list[tuple[Entry, InternalLink]]] = {}
    for entry in context.linking_entries:
        for link in entry.facts.links:
            wikilink = read_wikilink(link.target)
            if wikilink is None or destinations.exists(_url(destinations, entry, link)):
                continue
            if not destinations.is_unbuilt(entry, link):
                links.setdefault(fold(wikilink.name), []).append((entry, link))
    for number, group in enumerate(links.values()):
        entry, link = group[0]
        count = f" ({len(group)} links)" if len(group) > 1 else ""
        name = link.target[2:-2].partition("#")[0].strip()
        hint = (
            destinations.hint(entry, link)
            if number < MAX_SUGGESTIONS
            else "Correct the name, or write the page."
        )
        problem = f"{name!r} is not the name of a page{count}.\n{hint}"
        yield entry.path, Problem(Span(link.line, link.column), problem, len(link.target))


def _url(destinations: Destinations, entry: Entry, link: InternalLink) -> str:
    target = destinations.of(entry, link)
    return target.url if target else ""
