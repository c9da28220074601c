"""Redirects from former addresses to the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.feeds import feeds
from ..site.site import Site
from . import page_kind
from ._atom import atom
from ._common import html_page
from .page import Page


@page_kind("redirects", None)
def redirect_pages(site: Site) -> Iterator[Page]:
    """One page for each alias, and for each redirect of site.yaml. Programs that read feeds follow no
    page: the former address of a feed has the feed itself."""
    former_feeds = {redirect.url for redirect in site.redirects if redirect.label.endswith(".xml")}
    editions = tuple(site.editions.values()) or (site,)
    feeds_by_url = {
        feed.url: atom(edition, feed)
        for edition in (editions if former_feeds else ())
        for feed in feeds(edition)
        if feed.url in former_feeds
    }
    for redirect in site.redirects:
        if redirect.label.endswith(".xml") and redirect.url in feeds_by_url:
            yield Page(redirect.label, "text", {"text": feeds_by_url[redirect.url]})
            continue
        data = {"target": redirect.url, "target_title": redirect.url, "target_lang": ""}
        yield html_page(
            site,
            redirect.label,
            "redirect.html",
            site.words("This page has moved"),
            data,
            noindex=True,
            canonical=redirect.url,
        )
    for url, path in sorted(site.aliases):
        card = site.links[path]
        edition = next((part for part in site.editions.values() if path in part.links), site)
        data = {"target": card.url, "target_title": card.title, "target_lang": card.lang}
        yield html_page(
            edition, url, "redirect.html", card.title, data, noindex=True, canonical=card.url
        )
