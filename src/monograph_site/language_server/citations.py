"""Citation keys in a file: where they are defined, where they are cited, and their renaming."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..loader.citations import find_cited_keys, find_footnotes
from ..regex import regex
from .document import Document

_KEY = regex(r"[\w.:-]{1,80}")
_LISTS = ("sources", "references")
"""The keys of front matter that hold references."""


class CitationKey(NamedTuple):
    """A key at a place in the text."""

    key: str
    start: int
    end: int
    title: str = ""
    """What is cited; '' at a citation."""


def definitions(document: Document) -> list[CitationKey]:
    """The keys that the file defines, in front matter and as footnotes."""
    start = document.front_end
    footnotes = (
        CitationKey(match["key"], *match.span("key"), " ".join(match["text"].split()))
        for match in find_footnotes(document.text, start)
    )
    return [*_in_front_matter(document), *footnotes]


def citations(document: Document) -> Iterator[CitationKey]:
    """The citations by a key in the text."""
    keys = {place.key for place in definitions(document)}
    for cited in find_cited_keys(document.page.draft.prose, keys, document.front_end):
        yield CitationKey(*cited)


def all_places(document: Document) -> list[CitationKey]:
    """Every place with a citation key, each once: definitions first."""
    places = {place.start: place for place in citations(document)}
    places |= {place.start: place for place in definitions(document)}
    return sorted(places.values(), key=lambda place: (not place.title, place.start))


def key_at_offset(document: Document, offset: int) -> CitationKey | None:
    """The citation key at an offset; None where there is none."""
    places = all_places(document)
    return next((place for place in places if place.start <= offset <= place.end), None)


def rename_problem(document: Document, old: str, new: str) -> str:
    """Why a key cannot have another name; '' where it can."""
    if not _KEY.fullmatch(new):
        return "A citation key has letters, digits and . : _ - only, at most 80."
    if new != old and any(place.key == new for place in definitions(document)):
        return f"There is a reference {new!r} already."
    return ""


def _in_front_matter(document: Document) -> Iterator[CitationKey]:
    front = document.page.front
    for name in _LISTS:
        entries = front.data.get(name)
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            key = entry.get("key") if isinstance(entry, dict) else None
            if isinstance(key, str) and key:
                at = document.positions.offset_of(front.span_of(name, number, "key"))
                start = document.text.find(key, at)
                if 0 <= start <= at + 1:  # a quotation mark may be before it
                    title = str(entry.get("title") or entry.get("organisation") or key)
                    yield CitationKey(key, start, start + len(key), title)
