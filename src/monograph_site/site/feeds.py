"""Which feeds a site has, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from .addresses import origin
from .changes import day_changed, day_published, indexed_entries, newest
from .entry import Entry
from .site import Group, Site

MAX_FEED_ENTRIES = 50
"""Entries of a feed: the latest ones."""


class Feed(Struct, frozen=True):
    """A feed with its entries, the latest first, each with its ISO date."""

    url: str
    """Site path."""
    title: str
    entries: tuple[tuple[str, Entry], ...]
    in_head: bool = True
    """Whether every page names it."""


def feeds(site: Site) -> tuple[Feed, ...]:
    """The feeds of a site in one language: what changed, what is new, and what changed in each class
    of medicines. None where no host is known, since a feed must name full addresses, or where no text
    states a date."""
    if not origin(site.config.base_url):
        return ()
    entries = indexed_entries(site)
    changed = [(day_changed(entry.dates), entry) for entry in entries]
    new = [(day_published(entry.dates), entry) for entry in entries]
    stated = (
        ("feed.xml", site.words("Changes"), changed),
        ("feeds/new.xml", site.words("New pages"), new),
    )
    language = site.config.language
    found = (
        Feed(site.address(f"/{path}"), title, tuple(newest(dated, MAX_FEED_ENTRIES, language)))
        for path, title, dated in stated
    )
    return (*(feed for feed in found if feed.entries), *_class_feeds(site, changed))


def class_feed_url(site: Site, group: Group) -> str:
    """The site path of the feed of a class, named as its page."""
    name = group.url.rstrip("/").rpartition("/")[2]
    return site.address(f"/feeds/class/{name}.xml")


def _class_feeds(site: Site, changed: list[tuple[str, Entry]]) -> Iterator[Feed]:
    """A feed for each class with a page, of the texts in it that state a date."""
    by_path = {entry.path: (day, entry) for day, entry in changed if day}
    for group in site.classes:
        dated = [by_path[path] for path in group.paths if path in by_path]
        if dated:
            latest = newest(dated, MAX_FEED_ENTRIES, site.config.language)
            url = class_feed_url(site, group)
            yield Feed(url, group.name, tuple(latest), in_head=False)
