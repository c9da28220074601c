"""Which pages the full-text index has, and in which shard of it each is."""

from __future__ import annotations

from typing import NamedTuple

from ..model.strings import digest
from .addresses import SEARCH
from .site import Site

TEXT = f"{SEARCH}text/"
"""Site path of the full-text index, below the home page of each language."""
PAGES_PER_SHARD = 400
"""About how many pages share a shard: an edit indexes one shard again, a search reads all."""


class TextPage(NamedTuple):
    """A page that the index has."""

    folder: str
    """Site path of the index: `/search/text/`."""
    language: str
    """Its words are stemmed as those of this language (BCP 47)."""
    url: str
    record: str
    """Digest of the record."""


def text_pages(site: Site) -> dict[str, TextPage]:
    """The pages of the index, by content path: those about medicines, with the site's own texts left
    out. None where the site has no search of texts."""
    if not (site.config.search and site.config.text_search):
        return {}
    return {
        entry.path: TextPage(
            edition.address(TEXT), edition.config.language, entry.url, entry.record_digest
        )
        for edition in site.editions.values() or (site,)
        for entry in edition.texts
        if entry.record_digest
    }


def is_text_path(site: Site, path: str) -> bool:
    """Whether an output path is that of a file of the index."""
    return TEXT in f"/{path}" and site.reserved.page_kind_at(f"/{path}") == "search"


def shard_count(pages: int) -> int:
    """How many shards an index of so many pages has: a power of two, so that it seldom changes."""
    count = 1
    while count * PAGES_PER_SHARD < pages:
        count *= 2
    return count if pages else 0


def shard_of(url: str, count: int) -> int:
    """The shard of a page. It depends on its address alone, so that other pages change nothing."""
    return int(digest(url)[:8], 16) % count


def shard_folder(folder: str, number: int) -> str:
    """The site path of a shard; the first one has the files that all share too."""
    return f"{folder}{number}/" if number else folder
