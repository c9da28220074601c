"""All medicines that contain an ingredient, where its own page has no room for them."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import CONTAINING, KINDS
from ..site.menu import kind_label
from ..site.related import containing_url, has_containing_page
from ..site.site import UNRELATED, Labelled, Site
from . import page_kind
from ._common import MORE_PAGES, evenly_divided, html_page, line_height, pagers, range_label
from .page import Page


@page_kind("containing", rf"{CONTAINING}.+?{MORE_PAGES}", in_each_language=True)
def containing_pages(site: Site) -> Iterator[Page]:
    """For each medicine with many combinations or brands the list of them."""
    for entry in site.entries:
        related = site.related.get(entry.path, UNRELATED)
        if not has_containing_page(related):
            continue
        cards = (*related.combinations, *related.brands)
        chunks = evenly_divided(cards, [line_height(card.title) for card in cards])
        ranges = [range_label([card.title for card in chunk]) for chunk in chunks]
        whole = site.words("Medicines with {name}", name=entry.title)
        parents = (
            Labelled(kind_label(site, entry.kind), site.address(KINDS[entry.kind][2])),
            Labelled(entry.title, entry.url),
        )
        for (url, pager), chunk in zip(
            pagers(containing_url(site, entry), ranges), chunks, strict=True
        ):
            title = whole
            if pager.number > 1:
                title = site.words("{title}, page {number}", title=whole, number=pager.number)
            yield html_page(
                site,
                url,
                "group.html",
                title,
                {"text": "", "cards": chunk, "total": len(cards), "pager": pager},
                description=site.words("{title} on {site}.", title=title, site=site.config.title),
                parents=parents,
            )
