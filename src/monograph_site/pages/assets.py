"""The theme's assets: style sheet, scripts, icon."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.site import Site
from . import page_kind
from .page import Page

TEXT_SCRIPT = "text.js"
SEARCH_SCRIPTS = ("search.js", TEXT_SCRIPT)
"""What a site without search has no use for."""


@page_kind("assets", r"/assets/.*")
def asset_pages(site: Site) -> Iterator[Page]:
    """A page for each asset; its published name contains the digest of its content."""
    for name, url in site.assets:
        if name in SEARCH_SCRIPTS and not site.config.search:
            continue
        if name == TEXT_SCRIPT and not site.config.text_search:
            continue
        yield Page(url, "asset", {"name": name})
