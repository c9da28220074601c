"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..site.addresses import absolute
from ..site.changes import day_published
from ..site.entry import Entry
from ..site.feeds import Feed
from ..site.menu import kind_label
from ..site.site import Site


def atom(site: Site, feed: Feed) -> str:
    """The text of a feed; every date in it is one that a text states."""
    config = site.config
    address = absolute(config, feed.url)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(config.language)}">',
        f"<id>{escape(address)}</id>",
        f"<title>{escape(f'{feed.title} · {config.title}')}</title>",
        f"<updated>{_time(feed.entries[0][0])}</updated>",
        f"<author><name>{escape(config.publisher.name or config.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape(address)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(absolute(config, site.home))}"/>',
        *(line for day, entry in feed.entries for line in _entry(site, day, entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(site: Site, day: str, entry: Entry) -> Iterator[str]:
    address = escape(absolute(site.config, entry.url))
    language = f' xml:lang="{escape(entry.lang)}"' if entry.lang else ""
    yield f"<entry{language}>"
    yield f"<id>{address}</id>"
    yield f"<title>{escape(entry.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href="{address}"/>'
    yield f"<updated>{_time(day)}</updated>"
    if published := day_published(entry.dates):
        yield f"<published>{_time(published)}</published>"
    yield f'<category term="{entry.kind}" label="{escape(kind_label(site, entry.kind))}"/>'
    if entry.description:
        yield f"<summary>{escape(entry.description)}</summary>"
    yield "</entry>"


def _time(day: str) -> str:
    """A day as Atom writes times."""
    return f"{day}T00:00:00Z"
