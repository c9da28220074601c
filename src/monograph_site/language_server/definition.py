"""Where a link, a citation or a slug leads: a place in a file."""

from __future__ import annotations

from typing import NamedTuple

from ..config.addresses import anchor_as_id, site_target, source_path
from ..markdown.links import Hyperlink
from ..site.entry import Entry
from ..site.internal_links import read_wikilink
from .citations import definitions, key_at_offset
from .document import Document
from .front_matter_keys import key_at

_SLUGS = ("generic_slug", "combination_slug", "ref", "translation_of")


class Place(NamedTuple):
    """A line of a file."""

    path: str
    """Content path."""
    line: int
    """One-based."""


def definition_at(document: Document, offset: int) -> Place | tuple[int, int] | None:
    """The definition of what is at an offset: a place in a file, or the start and end of a part of
    this text; None where there is none."""
    if not document.is_content:
        return None
    if offset <= document.front_end:
        return _page_of_slug(document, offset)
    citation = key_at_offset(document, offset)
    if citation:
        same = (place for place in definitions(document) if place.key == citation.key)
        return next(((place.start, place.end) for place in same), None)
    links = document.page.draft.links
    link = next((link for link in links if link.start <= offset < link.end), None)
    return _target(document, link, links) if link else None


def _page_of_slug(document: Document, offset: int) -> Place | None:
    place = key_at(document.text, offset)
    if not place.path or place.path[-1] not in _SLUGS:
        return None
    line = document.positions.lines[document.positions.position(offset).line]
    slug = line.partition(":")[2].strip().strip("\"'")
    entries = document.site.entries.values()
    entry = next((entry for entry in entries if slug and entry.slug == slug), None)
    return _in_file(document, entry, "") if entry else None


def _target(
    document: Document, link: Hyperlink, links: tuple[Hyperlink, ...]
) -> Place | tuple[int, int] | None:
    if link.kind == "key":
        key = link.target.casefold()
        same = (
            other for other in links if other.kind == "definition" and other.text.casefold() == key
        )
        return next(((other.start, other.end) for other in same), None)
    if link.kind == "wiki":
        return _wikilink(document, link)
    return _link(document, link.target)


def _wikilink(document: Document, link: Hyperlink) -> Place | None:
    wikilink = read_wikilink(f"[[{link.target}]]")
    if wikilink is None:
        return None
    entries = document.site.entries
    named = document.site.entry_named(wikilink.name) if wikilink.name else None
    entry = named if wikilink.name else entries.get(document.path)
    return _in_file(document, entry, wikilink.anchor) if entry else None


def _link(document: Document, target: str) -> Place | None:
    """The file of the page that a link names by its file or address."""
    site, (file, _, anchor) = document.site, target.partition("#")
    entry = site.entries.get(source_path(file, document.path) if file else document.path)
    if entry:
        return _in_file(document, entry, anchor_as_id(anchor))
    own = site.entries.get(document.path)
    try:
        place = site_target(target, document.path, own.url if own else "/", site.config)
    except ValueError:
        return None
    page = site.entry_at(place[0]) if place else None
    return _in_file(document, page, place[1]) if page and place else None


def _in_file(document: Document, entry: Entry, anchor: str) -> Place:
    """The place of an anchor in the file of an entry, its first line where it has none."""
    path, line = document.site.place_of(entry.path)
    lines = document.site.lines_of(entry.path) if anchor else {}
    return Place(path, lines.get(anchor, line))
