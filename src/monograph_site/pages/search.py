"""Search by name: the page, and files with the names by first letter, which its script fetches
while the reader types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from ..model.strings import fold, slugify
from ..regex import regex
from ..site.addresses import KINDS, SEARCH
from ..site.entry import Entry
from ..site.full_text import shard_count
from ..site.look_alikes import mix_ups
from ..site.menu import OTHER
from ..site.same_names import same_names
from ..site.site import Site
from . import page_kind
from ._common import html_page
from .page import Page

Row = str | list[Any]
"""A name that is the title of a page whose address follows from it; else its name or names, the
address within the folder, the title ('' where it is the name), and the language if the file states
one. The address is '' where it is the words of the title with hyphens, and `JOINED` where only its
parts have hyphens between them: `codeine-folicacid/` of `Codeine + Folic acid`."""

JOINED = "+"
_PLAIN = regex(r"[a-z0-9]")


@page_kind("search", rf"{SEARCH.rstrip('/')}(?:/names.*|/text(?:/.*)?)?", in_each_language=True)
def search_pages(site: Site) -> Iterator[Page]:
    """The search page, its files of names, and the list of their letters; nothing if the site has no
    search."""
    if not site.config.search:
        return
    texts = site.texts if site.config.text_search else ()
    yield html_page(
        site,
        site.address(SEARCH),
        "search.html",
        site.words("Search"),
        {"shards": shard_count(sum(bool(entry.record_digest) for entry in texts))},
        description=site.words("Search {site} by name.", site=site.config.title),
    )
    shards = _shards(site)
    if shards:
        data: dict[str, Any] = {"letters": sorted(shards)}
        if others := mix_ups(site.texts):
            data["mixUps"] = others
        yield _data_page(site, "names", data)
    for shard in sorted(shards):
        kinds = {
            kind: [{"base": base, "rows": folders[base]} for base in sorted(folders)]
            for kind, folders in shards[shard].items()
        }
        yield _data_page(site, f"names-{shard}", kinds)


def _data_page(site: Site, name: str, data: dict[str, Any]) -> Page:
    """Data for the script; a script of its own where pages are files, which may not read others."""
    if not site.config.offline:
        return Page(site.address(f"{SEARCH}{name}.json"), "json", data)
    text = f"monographData({name!r}, {msgspec.json.encode(data).decode()});\n"
    return Page(site.address(f"{SEARCH}{name}.js"), "text", {"text": text})


def _shards(site: Site) -> dict[str, dict[str, dict[str, list[Row]]]]:
    """The names in as few bytes as they need: in each shard, for each kind and folder of the site, a
    row for the names of each page."""
    shards: dict[str, dict[str, dict[str, list[Row]]]] = {}
    for entry in site.listed(*KINDS):
        names: dict[str, list[str]] = {}
        for name in _names(entry):
            names.setdefault(_shard(name), []).append(name)
        base, address = _divided(entry)
        lang = site.links[entry.path].lang
        for shard, in_shard in names.items():
            folders = shards.setdefault(shard, {}).setdefault(entry.kind, {})
            folders.setdefault(base, []).extend(_rows(in_shard, entry.title, address, lang))
    return shards


def _names(entry: Entry) -> Iterable[str]:
    """Each name of an entry, also misspellings, which readers type too, and the names that its
    medicine has elsewhere."""
    elsewhere = [f"{name[:1].upper()}{name[1:]}" for name in same_names(entry.title)]
    stated = [entry.title, *(name.text for name in entry.names)]
    if not elsewhere and len(stated) == 1:
        return stated
    return {fold(name): name for name in (*elsewhere, *reversed(stated))}.values()


def _rows(names: Sequence[str], title: str, address: str, lang: str) -> Iterator[Row]:
    """The rows of the names of a page: its title, and all others together."""
    tail = [lang] if lang else []
    others = [name for name in names if name != title]
    if len(others) < len(names):
        yield [title, address, "", *tail] if address or lang else title
    if others:
        yield [others if len(others) > 1 else others[0], address, title, *tail]


def _divided(entry: Entry) -> tuple[str, str]:
    """The address of a page in two: the folder, and the rest as a row states it (see `Row`)."""
    folder, _, rest = entry.url.removesuffix("/").rpartition("/")
    if not entry.url.endswith("/") or not rest:
        return "", entry.url
    if entry.title.isascii():  # what the script makes of others is not certain
        if rest == slugify(entry.title):
            return f"{folder}/", ""
        parts = [slugify(part) for part in entry.title.split(" + ")]
        if rest == "-".join(part.replace("-", "") for part in parts):
            return f"{folder}/", JOINED
    return f"{folder}/", f"{rest}/"


@lru_cache(maxsize=65536)
def _shard(name: str) -> str:
    """The file that lists a name: that of its first Latin letter or digit."""
    first = name[:1].lower()
    if first.isascii() and first.isalnum():
        return first
    match = _PLAIN.search(unicodedata.normalize("NFKD", fold(name)))
    return match[0] if match else OTHER
