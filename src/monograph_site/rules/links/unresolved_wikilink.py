"""unresolved-wikilink (W426)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import InternalLink
from ...model.finding import Problem
from ...model.source import Span
from ...model.strings import anchor_of, fold
from ...model.suggest import did_you_mean
from ...site.entry import Entry
from ...site.internal_links import read_wikilink
from .. import SiteContext, site_rule
from ._targets import Destinations, anchors

MAX_SUGGESTIONS = 100
"""Names for which a similar one is looked for, which takes milliseconds each on a large site."""


@site_rule("W426", "unresolved-wikilink")
def unresolved_wikilink(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A wikilink (`[[Name]]`) whose name no page has as its title, other name or file name, or whose
    heading (`[[Name#Heading]]`) is not on the page. The page shows the words without a link, or links
    to the top of the page. One finding for each name, at the first such link, with the number of
    links.

    For links with an address, `[text](address)`, see `broken-link`.

    Why it matters: readers cannot read on, and a misspelt name goes unnoticed.

    Wrong: `See [[Samplool]].` on a site with a page on samplol.

    Right: `See [[Samplol]].`

    How to fix: correct the name, add it to the `names` of the page that is meant, or write that
    page.
    """
    destinations = Destinations(context.site)
    anchors_of: dict[str, frozenset[str]] = {}
    links: dict[str, list[tuple[Entry, InternalLink]]] = {}
    headings: dict[str, list[tuple[Entry, InternalLink]]] = {}
    for entry in context.linking_entries:
        for link in entry.facts.links:
            wikilink = read_wikilink(link.target)
            if wikilink is None:
                continue
            target = destinations.of(entry, link)
            if not destinations.exists(target.url if target else ""):
                if not destinations.is_unbuilt(entry, link):
                    links.setdefault(fold(wikilink.name), []).append((entry, link))
                continue
            path = destinations.page(target.url) if target and target.anchor else ""
            if target is None or not path:
                continue
            if path not in anchors_of:
                anchors_of[path] = anchors(context.load_record(path))
            if target.anchor not in anchors_of[path]:
                headings.setdefault(f"{path}#{target.anchor}", []).append((entry, link))
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
    for place, group in headings.items():
        entry, link = group[0]
        count = f" ({len(group)} links)" if len(group) > 1 else ""
        path, _, anchor = place.rpartition("#")
        hint = did_you_mean(anchor_of(anchor), anchors_of[path]) or "Correct the heading."
        heading = link.target[2:-2].partition("#")[2].strip()
        problem = f"{path} has no heading {heading!r}{count}.\n{hint}"
        yield entry.path, Problem(Span(link.line, link.column), problem, len(link.target))
