"""The pages of folders (`_index.md`, `index.md`, `README.md`): which of them introduce a listing, and
which are plain pages or monographs of their own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec.structs import replace

from ..config import Config
from ..config.site_paths import is_folder_page
from .addresses import ReservedAddresses
from .entry import Entry

_ORDER = ("_index", "index", "readme")
"""Names of the page of a folder; of several in one folder the first counts."""
_INTRODUCED = ("home", "listing")
"""Page kinds that show the page of a folder above their list."""


class FolderPages(NamedTuple):
    """The entries of a site, once it is clear what each page of a folder is."""

    entries: list[Entry]
    """All but the introductions, by path."""
    intros: dict[str, Entry]
    """Introductions, by the site path of the listing."""


def sort_folder_pages(
    entries: Iterable[Entry], reserved: ReservedAddresses, config: Config
) -> FolderPages:
    """Tell the pages of folders apart. One that stands beside other files is a plain page, whatever
    its folder holds; at the address of a listing it introduces the list. Of several in a folder the
    others get addresses of their own (`/drugs/readme/`). Each language has its own: `index.fr.md` and
    `fr/index.md` introduce the French front page. A file of another name that asks for the address
    of a listing (`permalink: /`) is the page of that folder."""
    entries = list(entries)
    places = {entry.path: config.split_path(entry.path) for entry in entries}
    pages = [
        entry
        for entry in entries
        if is_folder_page(places[entry.path][1])
        or (entry.kind in ("page", "article") and reserved.page_kind_at(entry.url) in _INTRODUCED)
    ]
    if not pages:
        return FolderPages(entries, {})
    parents = {
        (language, "/".join(path.split("/")[:depth]))
        for language, path in places.values()
        if not is_folder_page(path)
        for depth in range(path.count("/") + 1)
    }
    intros: dict[str, Entry] = {}
    taken: set[str] = set()
    changed: dict[str, Entry | None] = {}
    for entry in sorted(pages, key=lambda page: (_rank(places[page.path][1]), page.path)):
        language, path = places[entry.path]
        is_plain = is_folder_page(path) and (language, path.rpartition("/")[0]) in parents
        new = replace(entry, kind="page") if is_plain else entry
        if entry.url in taken:
            new = replace(new, url=f"{entry.url}{PurePosixPath(path).stem.lower()}/")
        taken.add(new.url)
        is_intro = reserved.page_kind_at(new.url) in _INTRODUCED
        if is_intro:
            intros[new.url] = replace(new, kind="page")
        changed[entry.path] = None if is_intro else new
    kept = (changed.get(entry.path, entry) for entry in entries)
    return FolderPages([entry for entry in kept if entry is not None], intros)


def _rank(path: str) -> int:
    stem = PurePosixPath(path).stem.lower()
    return _ORDER.index(stem) if stem in _ORDER else len(_ORDER)
