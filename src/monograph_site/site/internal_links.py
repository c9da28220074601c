"""Links between pages that only the whole site can resolve: wikilinks by name, and links that the
address of their file does not answer (see `links`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote

from ..config import Config
from ..markdown.html import leads_away
from ..markdown.links import PAGE_SCHEME, page_address
from ..model.files import SOURCE_SUFFIXES
from ..model.strings import fold, heading_id
from ..regex import regex
from .addresses import NOTHING_RESERVED, ReservedAddresses, href
from .entry import Entry
from .links import Resolver

_LINK = regex(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


class Wikilink(NamedTuple):
    """The parts of `[[Name#Heading]]`."""

    name: str
    """'' for a heading of the same page."""
    heading: str

    @property
    def anchor(self) -> str:
        """The id of the heading."""
        return heading_id(self.heading.rpartition("#")[2]) if self.heading else ""


def read_wikilink(target: str) -> Wikilink | None:
    """The parts of a link's target as `facts` keep it; None for any other link."""
    if not target.startswith("[["):
        return None
    name, _, heading = target[2:-2].partition("#")
    return Wikilink(name.strip().rstrip("\\"), heading.strip())


class PageNames:
    """Finds a page by what a wikilink calls it: the path of its file or the end of it, its title,
    another name. The first in this order counts, and of several files the one that comes first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        entries = tuple(entries)
        self._paths: dict[str, Entry] = {}
        for entry in entries:
            parts = PurePosixPath(entry.path).with_suffix("").parts
            for start in range(len(parts)):
                self._paths.setdefault(fold("/".join(parts[start:])), entry)
        self._titles: dict[str, Entry] = {}
        for entry in entries:
            self._titles.setdefault(fold(entry.title), entry)
        for entry in entries:
            for name in entry.names:
                self._titles.setdefault(fold(name.text), entry)

    def find(self, name: str) -> Entry | None:
        """The entry of the page with this name; None where there is none."""
        is_file = name.endswith(SOURCE_SUFFIXES)
        folded = fold((name.rpartition(".")[0] if is_file else name).removeprefix("/"))
        return self._paths.get(folded) or self._titles.get(folded)


def resolve_links(
    entries: Sequence[Entry],
    config: Config,
    linking: Iterable[Entry] | None = None,
    *,
    taken: Iterable[str] = (),
    reserved: ReservedAddresses = NOTHING_RESERVED,
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each content path with such links: the address in the loaded text, and the address of the
    page it leads to; '' where there is no such page. `linking` are the files to look at, else all;
    `taken` are the site paths that lead to a page without being its own."""
    linking = [entry for entry in linking or entries if entry.facts.links]
    if not linking:
        return {}
    by_path = {entry.path: entry for entry in entries}
    resolver = Resolver(tuple(by_path.values()), taken, reserved, config)
    names: dict[str, PageNames] = {}
    resolved: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry in linking:
        addresses: dict[str, str] = {}
        for link in entry.facts.links:
            wikilink = read_wikilink(link.target)
            if wikilink is None:
                addresses.update(resolver.addresses(entry, link.target))
            else:
                if entry.edition not in names:
                    names[entry.edition] = PageNames(_own_language_first(by_path.values(), entry))
                page = names[entry.edition].find(wikilink.name) if wikilink.name else entry
                address = href(config, page.url) if page else ""
                anchor = f"#{quote(wikilink.anchor)}" if address and wikilink.anchor else ""
                addresses[page_address(*wikilink)] = address + anchor
        if addresses:
            resolved[entry.path] = tuple(sorted(addresses.items()))
    return resolved


def resolve_text(html: str, entries: Iterable[Entry], config: Config) -> str:
    """HTML of a text in site.yaml, whose links to pages lead to their addresses: `[[Name]]`, and
    links to content files from the top of the content. A link to no page is left as its words."""
    if "<a " not in html:
        return html
    entries = tuple(entries)
    names = PageNames(entries)

    def resolved(link: re.Match[str]) -> str:
        path, _, anchor = unquote(unescape(link[1])).partition("#")
        if path.startswith(PAGE_SCHEME):
            page = names.find(path.removeprefix(PAGE_SCHEME))
        elif path.endswith(SOURCE_SUFFIXES) and not leads_away(path):
            page = next((entry for entry in entries if entry.path == path.lstrip("/")), None)
        else:
            return link[0]
        if page is None:
            return link[2]
        id_ = f"#{quote(heading_id(anchor))}" if anchor else ""
        return f'<a href="{href(config, page.url)}{id_}">{link[2]}</a>'

    return _LINK.sub(resolved, html)


def _own_language_first(entries: Iterable[Entry], reader: Entry) -> list[Entry]:
    """The entries, those of the language of one of them first."""
    return sorted(entries, key=lambda entry: entry.edition != reader.edition)
