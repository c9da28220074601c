"""Which findings a check is about: of some kinds, in some files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import Diagnostic, selects
from .problems import Refusal


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show. Everything where nothing is asked for."""

    select: tuple[str, ...] = ()
    """Codes, beginnings of codes and names."""
    ignore: tuple[str, ...] = ()
    """The same; these stand above `select`."""
    places: tuple[str, ...] | None = None
    """Content paths of files and folders; '' is the whole content folder."""
    changed: frozenset[str] | None = None
    """Content paths of files; only what is in `places`, too."""

    def shows(self, one: Diagnostic) -> bool:
        """Whether a finding is asked for. What is about no file is about none of the files that were named."""
        if self.changed is not None and one.path not in self.changed:
            return False
        if self.places is not None and not _lies_in(one.path, self.places):
            return False
        if any(selects(word, one) for word in self.ignore):
            return False
        return not self.select or any(selects(word, one) for word in self.select)


def places_in(content: Path, given: Iterable[Path]) -> tuple[str, ...] | None:
    """Files and folders as content paths; None where none are given. `Refusal` for one that is not there or not
    in the content folder."""
    root = content.resolve()
    made = []
    for path in given:
        place = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        if not path.exists():
            raise Refusal(f"there is no file or folder {str(path)!r}")
        if place == root or place in root.parents:
            made.append("")
        elif root in place.parents:
            made.append(place.relative_to(root).as_posix())
        else:
            raise Refusal(f"{str(path)!r} does not lie in the content folder {str(content)!r}")
    return tuple(made) or None


def _lies_in(path: str, places: Iterable[str]) -> bool:
    return bool(path) and any(not place or path == place or path.startswith(f"{place}/") for place in places)
