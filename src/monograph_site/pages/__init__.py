"""Page kinds, one file each: a function from the site to its pages, put into `PAGE_KINDS` under a
name.

A page kind sees a `Site` and yields `Page`s; it never reads a file, a clock or a full record.
Everything its template shows must be in `Page.data`, because the digest of that is what decides
whether the page is rendered again.
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
"""The kind that makes the pages of each entry."""
REDIRECTS = "redirects"
"""The kind that makes a page for each alias."""


def plan(site: Site) -> Iterator[Page]:
    """Every page of the site, kind by kind in the order of their names."""
    discover(__name__)
    for kind in PAGE_KINDS.values():
        yield from kind(site)


def plan_one(site: Site, entry: Entry) -> Iterator[Page]:
    """The pages of one entry of the site, as `plan` gives them, without planning the others.

    The kind of these pages takes each entry by itself and all else from what the site says of it,
    so a site that has no other entries gives the same.
    """
    discover(__name__)
    yield from PAGE_KINDS[OF_ENTRIES](replace(site, entries=(entry,)))


def addresses_of_plug_ins(site: Site) -> frozenset[str]:
    """The artifacts' site paths of page kinds that come from outside the package."""
    discover(__name__)
    own = {*GENERATED.groupindex, OF_ENTRIES, REDIRECTS}
    kinds = [kind for name, kind in PAGE_KINDS.items() if name not in own]
    return frozenset(page.url for kind in kinds for page in kind(site))


def kinds_at(url: str) -> tuple[str, ...]:
    """The page kinds that may have a page at an artifact's site path, other than the pages of
    entries."""
    discover(__name__)
    made = GENERATED.fullmatch(url.removesuffix("index.html").rstrip("/") or "/")
    if made is not None and made.lastgroup is not None:
        return (made.lastgroup,)
    return tuple(
        name for name in PAGE_KINDS if name not in GENERATED.groupindex and name != OF_ENTRIES
    )
