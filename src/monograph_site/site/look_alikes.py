"""Names that have been mistaken for each other (LASA: look-alike, sound-alike)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..model.strings import fold, words
from .entry import Entry
from .relations import without_brackets

LOOK_ALIKES_FILE = Path(__file__).with_name("look_alikes.txt")


@cache
def look_alikes() -> dict[str, frozenset[str]]:
    """By name, in lower case, the names for which it has been mistaken (see `look_alikes.txt`)."""
    others: dict[str, set[str]] = {}
    for line in LOOK_ALIKES_FILE.read_text(encoding="utf-8").splitlines():
        group = line.split() if not line.startswith("#") else []
        for name in group:
            others.setdefault(name, set()).update(group)
    return {name: frozenset(group - {name}) for name, group in others.items()}


def mix_ups(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """By site path, the titles of the other medicines for which each has been mistaken, or of which
    its own page says that it must not be confused with them."""
    titles: dict[str, str] = {}
    medicines = [entry for entry in entries if entry.kind in ("drug", "brand")]
    for entry in medicines:
        titles.setdefault(_name(entry), entry.title)
    result = {}
    for entry in medicines:
        own = _name(entry)
        warned = {word for text in entry.facts.confusable_names for word in words(text)}
        names = {*look_alikes().get(own, ()), *warned} - {own}
        if others := sorted(name for name in names if name in titles):
            result[entry.url] = [titles[name] for name in others]
    return result


def _name(entry: Entry) -> str:
    return fold(without_brackets(entry.title))
