"""Page kinds, one file each: a function from the site to its pages, put into `PAGE_KINDS` under a name.

A page kind sees a `Site` and yields `Page`s; it never reads a file, a clock or a full record. Everything its template
shows must be in `Page.data`, because the digest of that is what decides whether the page is rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..page import Page
from ..registry import Registry, discover
from ..site import Site

PageKind = Callable[[Site], Iterator[Page]]
"""The pages of one kind, in a fixed order."""

PAGE_KINDS: Registry[PageKind] = Registry("page kind")


def plan(site: Site) -> Iterator[Page]:
    """Every page of the site, kind by kind in the order of their names."""
    discover(__name__)
    for kind in PAGE_KINDS.values():
        yield from kind(site)
