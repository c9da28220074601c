"""Which feeds a site has, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.classification import name_key, usual_spelling
from ..model.strings import slugify
from .addresses import origin
from .changes import day_changed, day_published, indexed_entries, newest
from .site import Entry, Site

MAX_FEED_ENTRIES = 50
"""Entries of a feed: the latest ones."""
MIN_CLASS_MEMBERS = 2
"""Texts that name a class which has a feed."""


@dataclass(frozen=True, slots=True)
class Feed:
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


def _class_feeds(site: Site, changed: list[tuple[str, Entry]]) -> Iterator[Feed]:
    """A feed for each class that at least two texts name, of those that state a date."""
    names: dict[str, list[str]] = {}
    members: dict[str, dict[str, tuple[str, Entry]]] = {}
    for day, entry in changed:
        for name in entry.classes:
            key = name_key(name)
            names.setdefault(key, []).append(name)
            members.setdefault(key, {})[entry.path] = (day, entry)
    language = site.config.language
    urls: set[str] = set()
    for key in sorted(members):
        name = usual_spelling(names[key])
        slug = slugify(name)
        url = site.address(f"/feeds/class/{slug}.xml")
        latest = newest(members[key].values(), MAX_FEED_ENTRIES, language)
        if slug and latest and len(members[key]) >= MIN_CLASS_MEMBERS and url not in urls:
            urls.add(url)
            yield Feed(url, name, tuple(latest), in_head=False)
