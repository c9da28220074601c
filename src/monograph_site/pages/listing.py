"""Listings: all pages of one kind, two hundred on each page."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import KINDS
from ..site.menu import MAX_MENU_PAGES, kind_label
from ..site.site import Site
from . import page_kind
from ._common import MORE_PAGES, html_page, introduced, pagers
from .page import Page

CARDS_PER_PAGE = 200
_LISTINGS = "|".join(base.rstrip("/") for _, _, base in KINDS.values())


@page_kind("listing", rf"(?:{_LISTINGS}){MORE_PAGES}", in_each_language=True)
def listing_pages(site: Site) -> Iterator[Page]:
    """The listing of each kind that has pages; plain pages have one if they do not fit in the
    menu."""
    for kind, (_, _, path) in KINDS.items():
        base = site.address(path)
        cards = [site.cards[entry.path] for entry in site.listed(kind)]
        intro = site.intros.get(base)
        if not intro and (not cards or (kind == "page" and len(cards) <= MAX_MENU_PAGES)):
            continue
        label = intro.title if intro else kind_label(site, kind)
        for url, pager in pagers(base, max(1, -(-len(cards) // CARDS_PER_PAGE))):
            start = (pager.number - 1) * CARDS_PER_PAGE
            title = site.words("{title}, page {number}", title=label, number=pager.number)
            title = label if pager.number == 1 else title
            data = {
                "kind_label": label,
                "cards": tuple(cards[start : start + CARDS_PER_PAGE]),
                "pager": pager,
            }
            if intro and pager.number == 1:
                yield introduced(site, url, "listing.html", intro, data)
            else:
                description = site.words("{title} on {site}.", title=title, site=site.config.title)
                yield html_page(site, url, "listing.html", title, data, description=description)
