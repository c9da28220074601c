"""A site in which one entry changed, made of the site before where no other page can see the change."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from .catalogue import card
from .site import SHARED, Entry, Site

_seen_by_others = attrgetter(*SHARED)


def amended(site: Site, at: int, new: Entry) -> Site | None:
    """The site that `catalogue.site` gives when the entry at a place of `site.entries` becomes `new`; None where that
    takes looking at all entries, since what changed may show elsewhere.

    The site differs from the one before in `entries` and, where the summary changed, in `cards`.
    """
    if _seen_by_others(site.entries[at]) != _seen_by_others(new):
        return None
    entries = (*site.entries[:at], new, *site.entries[at + 1 :])
    shown = card(new)
    same = shown == site.cards[new.path]
    return replace(site, entries=entries, cards=site.cards if same else {**site.cards, new.path: shown})
