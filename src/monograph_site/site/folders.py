"""The pages of folders (`_index.md`, `index.md`, `README.md`): which of them introduce a listing, and
which are plain pages or monographs of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from ..config.settings import is_folder_page
from .addresses import ReservedAddresses
from .site import Entry

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


def sort_folder_pages(entries: Iterable[Entry], reserved: ReservedAddresses) -> FolderPages:
    """Tell the pages of folders apart. One that stands beside other files is a plain page, whatever
    its folder holds; at the address of a listing it introduces the list. Of several in a folder the
    others get addresses of their own (`/drugs/readme/`)."""
    entries = list(entries)
    pages = [entry for entry in entries if is_folder_page(entry.path)]
    if not pages:
        return FolderPages(entries, {})
    parents = {
        "/".join(parts[:depth])
        for parts in (entry.path.split("/") for entry in entries if not is_folder_page(entry.path))
        for depth in range(len(parts))
    }
    intros: dict[str, Entry] = {}
    taken: set[str] = set()
    changed: dict[str, Entry | None] = {}
    for entry in sorted(pages, key=lambda page: (_rank(page.path), page.path)):
        folder = entry.path.rpartition("/")[0]
        new = replace(entry, kind="page") if folder in parents else entry
        if entry.url in taken:
            new = replace(new, url=f"{entry.url}{PurePosixPath(entry.path).stem.lower()}/")
        taken.add(new.url)
        is_intro = reserved.page_kind_at(new.url) in _INTRODUCED
        if is_intro:
            intros[new.url] = replace(new, kind="page")
        changed[entry.path] = None if is_intro else new
    kept = (changed.get(entry.path, entry) for entry in entries)
    return FolderPages([entry for entry in kept if entry is not None], intros)


def _rank(path: str) -> int:
    return _ORDER.index(PurePosixPath(path).stem.lower())
