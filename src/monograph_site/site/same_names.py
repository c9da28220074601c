"""Names that mean the same medicine in different countries, in chemistry or in everyday language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..model.strings import squash

SAME_NAMES_FILE = Path(__file__).with_name("same_names.txt")


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """By name, squashed, all names of the same medicine (see `same_names.txt`)."""
    groups: dict[str, dict[str, None]] = {}
    for line in SAME_NAMES_FILE.read_text(encoding="utf-8").splitlines():
        names = [name.strip() for name in line.split(",")] if not line.startswith("#") else []
        for name in names:
            groups.setdefault(squash(name), {}).update(dict.fromkeys(names))
    return {name: tuple(group) for name, group in groups.items()}


def same_names(name: str) -> tuple[str, ...]:
    """The other names of the medicine with this name: `("epinephrine",)` for `Adrenaline`."""
    own = squash(name)
    return tuple(other for other in _groups().get(own, ()) if squash(other) != own)
