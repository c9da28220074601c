"""Which findings a check shows: of some kinds, in some files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import UsageProblem
from ..model.finding import Finding, selects


@dataclass(frozen=True, slots=True)
class Selection:
    """The findings to show; all of them by default."""

    select: tuple[str, ...] = ()
    """Codes, prefixes of codes and names; empty for all."""
    ignore: tuple[str, ...] = ()
    """The same, to leave out even if `select` has them."""
    places: tuple[str, ...] | None = None
    """Content paths of files and folders, '' for the whole content folder; None for no limit."""
    changed: frozenset[str] | None = None
    """Content paths of files, as a further limit; None for no limit."""

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is selected. Findings about the whole site are in none of the files."""
        if self.changed is not None and finding.path not in self.changed:
            return False
        if self.places is not None and not _is_in(finding.path, self.places):
            return False
        if any(selects(word, finding) for word in self.ignore):
            return False
        return not self.select or any(selects(word, finding) for word in self.select)


def content_paths(content: Path, paths: Iterable[Path]) -> tuple[str, ...] | None:
    """Files and folders as content paths, '' for the content folder itself or one above it; None
    where there are no paths.

    Raises UsageProblem for a path that does not exist or is not in the content folder.
    """
    root = content.resolve()
    places = []
    for path in paths:
        resolved = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        if not path.exists():
            raise UsageProblem(f"there is no file or folder {str(path)!r}")
        if resolved == root or resolved in root.parents:
            places.append("")
        elif root in resolved.parents:
            places.append(resolved.relative_to(root).as_posix())
        else:
            raise UsageProblem(f"{str(path)!r} is not in the content folder {str(content)!r}")
    return tuple(places) or None


def _is_in(path: str, places: Iterable[str]) -> bool:
    return bool(path) and any(
        not place or path == place or path.startswith(f"{place}/") for place in places
    )
