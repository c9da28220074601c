"""All pages of one kind, some hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import KINDS
from ..site.menu import MENU_PAGES, label
from ..site.site import Site
from . import PAGE_KINDS
from ._common import html_page, pagers
from .page import Page

CARDS = 200
"""Cards on one page."""


@PAGE_KINDS.named("listing")
def listing(site: Site) -> Iterator[Page]:
    """The listing of each kind that has pages; plain pages have one when they are too many for the
    menu."""
    for kind, (_, _, base) in KINDS.items():
        cards = [site.cards[entry.path] for entry in site.listed(kind)]
        if not cards or (kind == "page" and len(cards) <= MENU_PAGES):
            continue
        name = label(site.config, kind)
        for url, pager in pagers(base, -(-len(cards) // CARDS)):
            start = (pager.number - 1) * CARDS
            title = name if pager.number == 1 else f"{name}, page {pager.number}"
            data = {
                "kind_label": name,
                "cards": tuple(cards[start : start + CARDS]),
                "pager": pager,
            }
            yield html_page(site, url, "listing.html", title, data)
