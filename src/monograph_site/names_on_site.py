"""The names under which a site has pages, for what may be mistaken for what."""

from __future__ import annotations

from .relations import without_brackets
from .site import Entry, Site
from .text import fold


def by_name(site: Site) -> dict[str, list[Entry]]:
    """The drugs and brands of a site by their titles in small letters, without brackets."""
    found: dict[str, list[Entry]] = {}
    for entry in site.entries:
        if entry.kind in ("drug", "brand") and not entry.rejected:
            found.setdefault(fold(without_brackets(entry.title)), []).append(entry)
    return found


def is_told_apart(entry: Entry, other: str) -> bool:
    """Whether a page says that it must not be confused with another name."""
    return any(other in sentence for sentence in entry.facts.told_apart)
