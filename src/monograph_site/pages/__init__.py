"""Page kinds, one file each: a function from a `Site` to its `Page`s, registered in `PAGE_KINDS`.

A page kind never reads a file, a clock or a full record. Everything its template shows must be in
`Page.data`: the digest of that decides whether the page is rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..model.registry import Registry, discover
from ..site.addresses import GENERATED
from ..site.site import Entry, Site
from .page import Page

PageKind = Callable[[Site], Iterator[Page]]
"""The pages of one kind, in a fixed order."""

PAGE_KINDS: Registry[PageKind] = Registry("page kind")
OF_ENTRIES = "monograph"
"""The page kind that makes the pages of single entries."""
REDIRECTS = "redirects"
"""The page kind that makes a page for each alias."""


def plan(site: Site) -> Iterator[Page]:
    """Every page of the site, kind by kind in the order of their names."""
    discover(__name__)
    for kind in PAGE_KINDS.values():
        yield from kind(site)


def plan_one(site: Site, entry: Entry) -> Iterator[Page]:
    """The pages of one entry, as `plan` gives them, without planning the others.

    Their page kind looks at one entry at a time and takes all else from the site's mappings, so the
    site with no other entries gives the same pages.
    """
    discover(__name__)
    yield from PAGE_KINDS[OF_ENTRIES](replace(site, entries=(entry,)))


def addresses_of_plug_ins(site: Site) -> frozenset[str]:
    """The site paths of the artifacts of page kinds that come from outside this package."""
    discover(__name__)
    built_in = {*GENERATED.groupindex, OF_ENTRIES, REDIRECTS}
    kinds = [kind for name, kind in PAGE_KINDS.items() if name not in built_in]
    return frozenset(page.url for kind in kinds for page in kind(site))


def kinds_at(url: str) -> tuple[str, ...]:
    """The page kinds that may have a page at an artifact's site path, without the kind that makes
    the pages of entries."""
    discover(__name__)
    match = GENERATED.fullmatch(url.removesuffix("index.html").rstrip("/") or "/")
    if match is not None and match.lastgroup is not None:
        return (match.lastgroup,)
    return tuple(
        name for name in PAGE_KINDS if name not in GENERATED.groupindex and name != OF_ENTRIES
    )
