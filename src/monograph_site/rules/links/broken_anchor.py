"""broken-anchor (E406)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...model.strings import anchor_of
from ...model.suggest import did_you_mean
from ...site.internal_links import read_wikilink
from .. import SiteContext, site_rule
from ._targets import Destinations, anchors


@site_rule("E406", "broken-anchor")
def broken_anchor(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A link to a heading or anchor that its page does not have. Sections, sub-headings, questions
    and references have anchors; their names are the words of the heading in lower case, joined by
    hyphens.

    Why it matters: readers land at the top of a long page and search for what they expected.

    Wrong: `[side effects](#sideeffects)`

    Right: `[side effects](#side-effects)`

    For wikilinks, `[[Name#Heading]]`, see `unresolved-wikilink`.

    How to fix: copy the address from the link beside the heading on the page.
    """
    destinations = Destinations(context.site)
    anchors_of: dict[str, frozenset[str]] = {}
    for entry in context.linking_entries:
        for link in entry.facts.links:
            if read_wikilink(link.target):
                continue  # see `unresolved-wikilink`
            target = destinations.of(entry, link) if "#" in link.target else None
            path = destinations.page(target.url) if target and target.url else ""
            if target is None or not path or not target.anchor:
                continue
            if path not in anchors_of:
                anchors_of[path] = anchors(context.load_record(path))
            if target.anchor in anchors_of[path] or target.anchor.startswith("page-"):
                continue
            suggestion = did_you_mean(anchor_of(target.anchor), anchors_of[path])
            hint = suggestion or "Copy the address from the heading's link."
            message = f"{path} has no heading or anchor {target.anchor!r} (link {link.target!r})."
            span = Span(link.line, link.column)
            yield entry.path, Problem(span, f"{message}\n{hint}", len(link.target))
