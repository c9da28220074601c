"""Listings: all pages of one kind, some on each page."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import KINDS
from ..site.menu import MAX_MENU_PAGES, kind_label
from ..site.site import Labelled, Site
from . import page_kind
from ._common import (
    MORE_PAGES,
    html_page,
    introduced,
    pagers,
    range_label,
    without_shared_badge,
)
from .page import Page

CARDS_PER_PAGE = 40
"""About nine screens of a phone, with the texts of the cards."""
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
        chunks = [
            cards[start : start + CARDS_PER_PAGE]
            for start in range(0, max(1, len(cards)), CARDS_PER_PAGE)
        ]
        ranges = [range_label([card.title for card in chunk]) if chunk else "" for chunk in chunks]
        for (url, pager), chunk in zip(pagers(base, ranges), chunks, strict=True):
            title = site.words("{title}, page {number}", title=label, number=pager.number)
            title = label if pager.number == 1 else title
            shown, unreviewed = without_shared_badge(chunk)
            data = {"kind_label": label, "cards": shown, "pager": pager, "unreviewed": unreviewed}
            named = f"{title} ({ranges[pager.number - 1]})" if pager.count > 1 else title
            description = site.words("{title} on {site}.", title=named, site=site.config.title)
            if intro and pager.number == 1:
                yield introduced(site, url, "listing.html", intro, data, "", description)
            else:
                parents = () if pager.number == 1 else (Labelled(label, base),)
                yield html_page(
                    site,
                    url,
                    "listing.html",
                    title,
                    data,
                    description=description,
                    parents=parents,
                )
