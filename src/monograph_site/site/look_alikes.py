"""Names of medicines that have been mistaken for each other (LASA: look-alike, sound-alike)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

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
