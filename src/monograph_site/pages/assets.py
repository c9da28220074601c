"""The theme's own files: style, script, icon."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.site import Site
from . import PAGE_KINDS
from .page import Page


@PAGE_KINDS.named("assets")
def assets(site: Site) -> Iterator[Page]:
    """One artifact for each file; its published name carries the digest of its content."""
    for name, url in site.assets:
        if name == "search.js" and not site.config.search:
            continue
        yield Page(url, "asset", {"name": name})
