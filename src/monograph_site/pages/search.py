"""Search by name: the page, and files with the names by first letter, which its script fetches
while the reader types."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from ..model.strings import fold, slugify
from ..site.addresses import KINDS, SEARCH
from ..site.full_text import shard_count
from ..site.look_alikes import mix_ups
from ..site.menu import OTHER
from ..site.same_names import same_names
from ..site.site import Entry, Site
from . import page_kind
from ._common import html_page
from .page import Page

Row = str | list[Any]
"""A name that is the title of a page whose address follows from it; else its name or names, the
address without the beginning that most have ('' where it follows from the title), the title ('' where
it is the name), and the language if the file states one."""

_PLAIN = re.compile(r"[a-z0-9]")


@page_kind("search", rf"{SEARCH.rstrip('/')}(?:/names.*|/text(?:/.*)?)?", in_each_language=True)
def search_pages(site: Site) -> Iterator[Page]:
    """The search page, its files of names, and the list of their letters; nothing if the site has no
    search."""
    if not site.config.search:
        return
    yield html_page(
        site,
        site.address(SEARCH),
        "search.html",
        site.words("Search"),
        {"shards": shard_count(sum(bool(entry.record_digest) for entry in site.texts))},
        description=site.words("Search {site} by name.", site=site.config.title),
    )
    shards: dict[str, dict[str, list[tuple[str, Entry]]]] = {}
    for entry in site.listed(*KINDS):
        for name in _names(entry):
            shards.setdefault(_shard(name), {}).setdefault(entry.kind, []).append((name, entry))
    if shards:
        data: dict[str, Any] = {"letters": sorted(shards)}
        if others := mix_ups(site.texts):
            data["mixUps"] = others
        yield Page(site.address(f"{SEARCH}names.json"), "json", data)
    for shard in sorted(shards):
        kinds = {kind: _compact(site, named) for kind, named in shards[shard].items()}
        yield Page(site.address(f"{SEARCH}names-{shard}.json"), "json", kinds)


def _compact(site: Site, named: Sequence[tuple[str, Entry]]) -> dict[str, Any]:
    """The names of one kind in as few bytes as they need: the beginning that most addresses have,
    and a row for the names of each page."""
    bases = Counter(
        entry.url.removesuffix(end)
        for _, entry in named
        if (end := _end_of_address(entry.title)) and entry.url.endswith(f"/{end}")
    )
    base = max(bases, key=lambda each: (bases[each], each), default="/")
    rows: list[Row] = []
    for _, group in groupby(named, key=lambda pair: pair[1].path):
        pairs = list(group)
        entry, names = pairs[0][1], [name for name, _ in pairs]
        rows += _rows(names, entry, site.links[entry.path].lang, base)
    return {"base": base, "rows": rows}


def _names(entry: Entry) -> Iterable[str]:
    """Each name of an entry, also misspellings, which readers type too, and the names that its
    medicine has elsewhere."""
    elsewhere = (f"{name[:1].upper()}{name[1:]}" for name in same_names(entry.title))
    stated = (entry.title, *(name.text for name in entry.names))
    return {fold(name): name for name in (*elsewhere, *reversed(stated))}.values()


def _rows(names: Sequence[str], entry: Entry, lang: str, base: str) -> Iterator[Row]:
    """The rows of the names of a page: its title, and all others together."""
    end = _end_of_address(entry.title)
    address = "" if end and entry.url == base + end else entry.url.removeprefix(base)
    tail = [lang] if lang else []
    others = [name for name in names if name != entry.title]
    if len(others) < len(names):
        yield [entry.title, address, "", *tail] if address or lang else entry.title
    if others:
        yield [others if len(others) > 1 else others[0], address, entry.title, *tail]


def _end_of_address(title: str) -> str:
    """What the script makes of a title that is listed without its address; '' for one of which it
    might make something else."""
    return f"{slugify(title)}/" if title.isascii() else ""


@lru_cache(maxsize=65536)
def _shard(name: str) -> str:
    """The file that lists a name: that of its first Latin letter or digit."""
    match = _PLAIN.search(unicodedata.normalize("NFKD", fold(name)))
    return match[0] if match else OTHER
