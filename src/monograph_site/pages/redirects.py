"""Redirects from former addresses to the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.site import Site
from . import page_kind
from ._common import html_page
from .page import Page


@page_kind("redirects", None)
def redirect_pages(site: Site) -> Iterator[Page]:
    """One page for each alias, and for each redirect of site.yaml."""
    for redirect in site.redirects:
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
