"""Atom feeds."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.feeds import feeds
from ..site.site import Site
from . import page_kind
from ._atom import atom
from .page import Page


@page_kind("feeds", r"/feed\.xml|/feeds/.+\.xml", in_each_language=True)
def feed_pages(site: Site) -> Iterator[Page]:
    """The feeds of the site."""
    for feed in feeds(site):
        yield Page(feed.url, "text", {"text": atom(site, feed)})
