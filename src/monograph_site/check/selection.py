"""Which findings a check shows: of some kinds, in some files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from msgspec import Struct

from ..model.errors import UsageProblem
from ..model.finding import Finding, selects

_OF_LINKS = (
    "broken-link", "broken-anchor", "missing-file", "unresolved-wikilink", "unknown-translation",
    "wrong-redirect", "broken-menu-item",
)  # fmt: skip
"""Findings that a change of another file causes."""


class Selection(Struct, frozen=True):
    """The findings to show; all of them by default."""

    select: tuple[str, ...] = ()
    """Codes, prefixes of codes and names; empty for all."""
    ignore: tuple[str, ...] = ()
    """The same, to leave out even if `select` has them."""
    places: tuple[str, ...] | None = None
    """Content paths of files and folders, '' for the whole content folder; None for no limit."""
    changed: frozenset[str] | None = None
    """Content paths of files, as a further limit; None for no limit."""
    removed: frozenset[str] = frozenset()
    """Content paths of files that were deleted or renamed: broken links to them are shown in files
    that did not change too."""

    def has_path(self, path: str) -> bool:
        """Whether a content path is selected."""
        if self.changed is not None and path not in self.changed:
            return False
        return self.places is None or _is_in(path, self.places)

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is selected. Findings about the whole site are in none of the files."""
        if not self.has_path(finding.path) and not self._is_of_removed(finding):
            return False
        if any(selects(word, finding) for word in self.ignore):
            return False
        return not self.select or any(selects(word, finding) for word in self.select)

    def _is_of_removed(self, finding: Finding) -> bool:
        """Whether a finding is on a link to a file that was removed, by the name of that file."""
        if not self.removed or not any(selects(word, finding) for word in _OF_LINKS):
            return False
        is_in_place = self.places is None or _is_in(finding.path, self.places)
        names = (PurePosixPath(path).stem.casefold() for path in self.removed)
        return is_in_place and any(name in finding.message.casefold() for name in names)


class Places(NamedTuple):
    """The paths that a check was given."""

    inside: tuple[str, ...] | None
    """As content paths, '' for the content folder itself or one above it; None where no path was
    given."""
    outside: tuple[Path, ...] = ()
    """Those that are not in the content folder, such as a README that a hook passes too."""


def content_path(content: Path, path: Path) -> str:
    """The content path of a file, which need not exist. Raises UsageProblem for a file that is not in
    the content folder."""
    root, resolved = content.resolve(), path.resolve()
    if root not in resolved.parents:
        raise UsageProblem(f"{str(path)!r} is not in the content folder {str(content)!r}")
    return resolved.relative_to(root).as_posix()


def content_paths(content: Path, paths: Sequence[Path]) -> Places:
    """Files and folders as content paths. Raises UsageProblem for a path that does not exist."""
    root = content.resolve()
    places: list[str] = []
    outside: list[Path] = []
    for path in paths:
        resolved = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        if not path.exists():
            inside = content / path
            hint = f"; did you mean {str(inside)!r}?" if inside.exists() else ""
            raise UsageProblem(f"there is no file or folder {str(path)!r}{hint}")
        if resolved == root or resolved in root.parents:
            places.append("")
        elif root in resolved.parents:
            places.append(resolved.relative_to(root).as_posix())
        else:
            outside.append(path)
    return Places(tuple(places) if paths else None, tuple(outside))


def _is_in(path: str, places: Iterable[str]) -> bool:
    return bool(path) and any(
        not place or path == place or path.startswith(f"{place}/") for place in places
    )
