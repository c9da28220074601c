"""An entry of a data file, which is read as a content file of its own: its values are the front
matter.

An entry does not know where it is in its file: its places count from its first character. So it
stays the same while others around it change, and `DataItem` says where it is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import field

from ..model.source import Source, Span
from .front_matter import FrontMatter
from .yaml_reader import YamlDocument

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where a value is in its entry, and where its key is."""

    line: int
    column: int
    length: int
    """Characters of its first line."""
    key_line: int
    key_column: int


class ItemContent(NamedTuple):
    """An entry as it is read, in whichever file it is."""

    text: str
    """Its part of the file."""
    data: dict[str, Any]
    places: list[tuple[list[str | int], Place]]


class DataItem(NamedTuple):
    """An entry of a data file."""

    path: str
    """The path that it would have as a content file: in the folder of its collection."""
    digest: str
    line: int
    """Where its first character is in the file, one-based."""
    column: int
    last_line: int
    content: bytes
    """An encoded `ItemContent`; b'' where it is known from an earlier run."""


class PlacedDocument(YamlDocument, frozen=True):
    """The values of an entry with their places, as front matter has them."""

    places: Mapping[Path, Place] = field(default_factory=dict)

    def span_of(self, *path: str | int) -> Span:
        place = self._place(path)
        return Span(place.line, place.column)

    def length_of(self, *path: str | int) -> int:
        return self._place(path).length

    def key_span_of(self, *path: str | int) -> Span:
        place = self._place(path)
        return Span(place.key_line, place.key_column)

    def _place(self, path: Path) -> Place:
        """The place of a value; that of what would hold it where it is missing."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.places:
                known = (*known, step)
            elif isinstance(step, str):
                break
        return self.places.get(known, Place(1, 1, 1, 1, 1))


def front_matter_of(content: bytes, path: str) -> tuple[FrontMatter, Source]:
    """An entry as the front matter of a content file without a body."""
    item = msgspec.msgpack.decode(content, type=ItemContent)
    source = Source(path, item.text)
    places = {tuple(steps): place for steps, place in item.places}
    document = PlacedDocument(item.data, source, 0, (), None, places)
    return FrontMatter(item.data, "", item.text.count("\n") + 1, (), document), source
