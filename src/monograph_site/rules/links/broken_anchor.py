"""broken-anchor (E406)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...model.strings import anchor_of
from ...model.suggest import did_you_mean
from .. import SiteContext, site_rule
from ._targets import Destinations, anchors


@site_rule("E406", "broken-anchor")
def broken_anchor(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A link leads to a place of a page that the page does not have. Places are sections,
    sub-headings, questions and references; their names are the words of the heading in small
    letters, joined by hyphens.

    Why it matters: the reader lands at the top of a long page and looks for what was promised.

    Wrong: `[side effects](#sideeffects)`

    Right: `[side effects](#side-effects)`

    How to fix: copy the address from the link beside the heading on the page.
    """
    there = Destinations(context.site)
    known: dict[str, frozenset[str]] = {}
    for entry in context.site.entries:
        for link in entry.facts.links:
            target = there.of(entry, link) if "#" in link.target else None
            path = there.page(target.url) if target else ""
            if target is None or not path or not target.anchor:
                continue
            if path not in known:
                known[path] = anchors(context.load_record(path))
            if target.anchor not in known[path] and not target.anchor.startswith("page-"):
                near = (
                    did_you_mean(anchor_of(target.anchor), known[path])
                    or "Copy the address from the heading's link."
                )
                message = f"The link {link.target!r} leads to {target.anchor!r}, which is no place of {path}."
                yield (
                    entry.path,
                    Problem(Span(link.line, link.column), f"{message}\n{near}", len(link.target)),
                )
