"""Search by name: the page, and files with the names by first letter, which its script fetches
while the reader types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ..model.strings import fold
from ..site.addresses import KINDS, SEARCH
from ..site.menu import OTHER
from ..site.site import Entry, Site
from . import page_kind
from ._common import html_page
from .page import Page

Row = tuple[str, ...]
"""Name, title, site path, kind, and the language if the file states one."""

_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[a-z0-9]")


@page_kind("search", rf"{SEARCH.rstrip('/')}(?:/names-.*)?", in_each_language=True)
def search_pages(site: Site) -> Iterator[Page]:
    """The search page and its files of names; nothing if the site has no search."""
    if not site.config.search:
        return
    yield html_page(
        site, site.address(SEARCH), "search.html", site.words("Search"), {}, noindex=True
    )
    shards: dict[str, list[Row]] = {}
    for entry in site.listed(*KINDS):
        for row in _rows(entry, site.links[entry.path].lang):
            for shard in _shards(row[0]):
                shards.setdefault(shard, []).append(row)
    for shard in sorted(shards):
        yield Page(site.address(f"{SEARCH}names-{shard}.json"), "json", {"entries": shards[shard]})


def _rows(entry: Entry, lang: str) -> list[Row]:
    """The entry under each of its names, also under misspellings, which readers type too."""
    names = (
        dict.fromkeys((entry.title, *(name.text for name in entry.names)))
        if entry.names
        else (entry.title,)
    )
    rest = (entry.title, entry.url, entry.kind, *([lang] if lang else ()))
    return [(name, *rest) for name in names]


def _shards(name: str) -> dict[str, None]:
    """The files that list a name: one for the first Latin letter or digit of each of its words."""
    return dict.fromkeys(map(_shard, _WORD.findall(name))) or {OTHER: None}


@lru_cache(maxsize=65536)
def _shard(word: str) -> str:
    match = _PLAIN.search(unicodedata.normalize("NFKD", fold(word)))
    return match[0] if match else OTHER
