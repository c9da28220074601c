"""Artifacts → the output folder. The site is never broken: every file is complete at every moment.

Files are written into a temporary folder and renamed into place in order: assets, new pages, new
lists, changed pages, changed lists. Then outdated pages are removed, and outdated assets last. So a
page never links to a file that does not exist, at whatever moment a build is killed. Only files in
the manifest are ever replaced or removed. The manifest lists old and new files before the first
change, and exactly the new ones at the end: a build that was killed left complete files, and the
next build knows which of them are ours. (Files are not synced to the disk: after a power failure
one may be empty, which the next build sees from its signature.)
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import IntEnum
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from ..model.errors import OutputError
from ..model.files import open_without_links, write_bytes
from ..model.strings import digest
from ..pages.page import Artifact
from .output import TEMPORARY, is_inside, read_manifest, write_manifest

MAX_HEAD_BYTES = 2048
"""Bytes of a page in which the mark of a redirect is looked for."""


class Order(IntEnum):
    """When a file is put in its place: after what it needs, and before what links to it."""

    ASSET = 0
    PAGE = 1
    INDEX = 2


class Published(Struct, frozen=True):
    """What a commit did, by path."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    """Rendered again, but the file has the same bytes: not written."""
    removed: tuple[str, ...]


class StagedFile(NamedTuple):
    """An artifact on its way to its place."""

    path: str
    content: str
    """Digest of its bytes."""
    name: str
    """Name of its file in the temporary folder; '' where the same bytes are in place already."""
    seconds: float = 0.0
    """How long rendering and writing took."""
    compressed: tuple[StagedFile, ...] = ()
    """Its compressed forms."""
    blocks: bytes = b""
    """See `Artifact.blocks`."""


class Staging:
    """Writes artifacts to the temporary folder of an output folder. Workers do it too."""

    def __init__(self, output: Path, ours: Mapping[str, str], intact: Mapping[str, str]) -> None:
        """`ours` are the files of the manifest, `intact` those that are known to be as they were
        published: content digests by path."""
        self._output, self._ours, self._intact = output, ours, intact
        self._real_folders = {""}
        self._has_folder = False

    def write(self, artifact: Artifact, name: str) -> StagedFile:
        """Write an artifact to a file of this name, unless the same bytes are in place already.

        Raises OutputError for a path outside the output folder, and where a file that is not ours
        is in the way.
        """
        path, content = artifact.path, artifact.content
        if not is_inside(path):
            raise OutputError(f"{path!r} is not a path inside the output folder")
        content_digest = digest(content)
        known = self._intact.get(path)
        if known == content_digest or (known is None and self._is_in_place(path, content)):
            return StagedFile(path, content_digest, "", blocks=artifact.blocks)
        temporary = f"{self._output}/{TEMPORARY}"
        if not self._has_folder:
            os.makedirs(temporary, exist_ok=True)
            self._has_folder = True
        write_bytes(f"{temporary}/{name}", content)
        return StagedFile(path, content_digest, name, blocks=artifact.blocks)

    def _is_in_place(self, path: str, content: bytes) -> bool:
        """Whether a file has these bytes already; OutputError where the path is not ours."""
        for folder in _parents(path):
            if folder not in self._real_folders and not self.is_folder(folder):
                return False
            self._real_folders.add(folder)
        target = f"{self._output}/{path}"
        try:
            status = os.lstat(target)
        except FileNotFoundError:
            return False
        if stat.S_ISREG(status.st_mode) and status.st_size == len(content):
            with open(target, "rb") as file:
                if file.read() == content:
                    return True
        if stat.S_ISDIR(status.st_mode):
            self._require_all_ours(target)
        else:
            self._require_ours(path)
        return False

    def _require_all_ours(self, target: str) -> None:
        """OutputError for a folder in the place of a file, unless everything in it is ours and so
        will be removed."""
        for folder, subfolders, names in os.walk(target):
            path = os.path.relpath(folder, self._output).replace(os.sep, "/")
            links = [name for name in subfolders if os.path.islink(f"{folder}/{name}")]
            for name in names + links:
                self._require_ours(f"{path}/{name}")
            is_empty = not names and not subfolders
            if is_empty and not any(ours.startswith(f"{path}/") for ours in self._ours):
                self._require_ours(path)

    def is_folder(self, path: str) -> bool:
        """Whether a path is a folder and no link; OutputError where something else that is not ours
        is there."""
        try:
            status = os.lstat(f"{self._output}/{path}")
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(status.st_mode):
            self._require_ours(path)  # a link in the place of a folder never is
            return False
        return True

    def _require_ours(self, path: str) -> None:
        if path not in self._ours:
            raise OutputError(
                f"{str(self._output / path)!r} is in the way and was not made by this tool; move it "
                "away or choose another --output"
            )


class Publication:
    """The artifacts of one build on their way to the output folder: `add` them one by one, or have
    workers write them with `staging` and `accept` what that returns; then `commit` or
    `abandon`."""

    def __init__(
        self,
        output: Path,
        intact: Mapping[str, str] | None = None,
        last_published: Mapping[str, str] | None = None,
    ) -> None:
        """`output` exists and is locked by this build; `intact` are the files known to be as they
        were published (see `Staging`). The site does not change before `commit`.

        `last_published` are the files of the last build that is known, with their digests: they
        take the place of a damaged manifest. Without them, such a manifest raises OutputError.
        """
        self.output = output
        self.digests: dict[str, str] = {}
        """The digest of the content of each added artifact, by path."""
        self._ours = read_manifest(output, last_published)
        self._pending: list[tuple[Order, str, str]] = []
        self._unchanged: list[str] = []
        self._real_folders: set[str] = {""}
        self.staging = Staging(output, self._ours, intact or {})
        self.abandon()

    def add(self, artifact: Artifact, order: Order) -> None:
        """Write an artifact and accept it. Raises OutputError (see `Staging.write`, `accept`)."""
        self.accept(self.staging.write(artifact, f"{len(self.digests):08}"), order)

    def accept(self, file: StagedFile, order: Order) -> None:
        """Take a written artifact into the publication. Raises OutputError for a second artifact
        with the same path."""
        if file.path in self.digests:
            raise OutputError(f"two pages have the path {file.path!r}")
        self.digests[file.path] = file.content
        if file.name:
            self._pending.append((order, file.path, f"{self.output}/{TEMPORARY}/{file.name}"))
        else:
            self._unchanged.append(file.path)

    def commit(self, kept: Mapping[str, str]) -> Published:
        """Move all added artifacts into place, and remove our files that are neither added nor in
        `kept` (path → content digest).

        Raises OutputError for a file that would have to be a folder too.
        """
        files = {**kept, **self.digests}
        for file in sorted(_folders_of(files).intersection(files)):
            path = min(path for path in files if path.startswith(f"{file}/"))
            raise OutputError(
                f"{path!r} lies below a page that is a file; change the address of one of them"
            )
        outdated = tuple(sorted(self._ours.keys() - files.keys(), key=self._removal_order))
        pending = sorted(self._pending, key=self._placement_order)
        old_and_new = {**self._ours, **files}
        if pending or outdated:
            write_manifest(self.output, old_and_new)
        for _, path, name in pending:
            self._make_way(path, outdated)
            os.replace(name, f"{self.output}/{path}")
        gone = {path for path in outdated if self._is_redirect(path) and self._remove(path)}
        gone |= self._move_folders_away(outdated, files)
        removed = tuple(path for path in outdated if path in gone or self._remove(path))
        if old_and_new != files or not pending:
            write_manifest(self.output, files)
        self.abandon()
        written = tuple(path for _, path, _ in pending)
        return Published(written, tuple(self._unchanged), removed)

    def abandon(self) -> None:
        """Delete the temporary folder, of this build or of one that was killed."""
        temporary = self.output / TEMPORARY
        if temporary.is_symlink():
            temporary.unlink()
        elif temporary.exists():
            shutil.rmtree(temporary)

    def _placement_order(self, pending: tuple[Order, str, str]) -> tuple[object, ...]:
        """Sort key by which files are put in place, so that no page links to a file that is not
        there yet: assets, then new files (what new lists link to first), then replaced ones."""
        order, path, _ = pending
        is_replaced = os.path.lexists(f"{self.output}/{path}")
        return order is not Order.ASSET, is_replaced, order, not path.endswith(".json"), path

    def _removal_order(self, path: str) -> tuple[object, ...]:
        """Sort key by which files are removed: pages, then what pages link to.

        Removed pages may link to each other, but by then nothing else links to any of them.
        """
        is_linked_from_pages = path.startswith(("assets/", "files/")), path.endswith(".json")
        return *is_linked_from_pages, path

    def _move_folders_away(self, outdated: Sequence[str], files: Mapping[str, str]) -> set[str]:
        """Move folders in which every file is outdated to the temporary folder, which is deleted at
        the end: a list and its pages, which link to each other, go at one moment.

        Returns the paths of the files that were in them.
        """
        if not outdated:
            return set()
        used = _folders_of(files)
        folders = {
            next((folder for folder in _parents(path) if folder not in used), "")
            for path in outdated
            if not path.startswith(("assets/", "files/"))
        }
        moved: set[str] = set()
        for folder in sorted(folders - {""}):
            contents = self._contents(folder)
            if contents and contents <= set(outdated):
                (self.output / TEMPORARY).mkdir(exist_ok=True)
                os.replace(
                    f"{self.output}/{folder}", f"{self.output}/{TEMPORARY}/{len(moved):08}-removed"
                )
                moved |= contents
        return moved

    def _contents(self, folder: str) -> set[str]:
        """Every file and link in a folder, by path; empty where it is not a real folder."""
        if any(os.path.islink(f"{self.output}/{path}") for path in (*_parents(folder), folder)):
            return set()
        return {
            os.path.relpath(f"{parent}/{name}", self.output).replace(os.sep, "/")
            for parent, folders, names in os.walk(f"{self.output}/{folder}")
            for name in (*names, *(name for name in folders if os.path.islink(f"{parent}/{name}")))
        }

    def _is_redirect(self, path: str) -> bool:
        if not path.endswith((".html", ".htm")):
            return False
        try:
            with open(open_without_links(self.output, path), "rb") as file:
                return b'http-equiv="refresh"' in file.read(MAX_HEAD_BYTES)
        except OSError:
            return False

    def _make_way(self, path: str, outdated: tuple[str, ...]) -> None:
        """Make the folders above a path. Where a file becomes a folder, or a folder a file, the old
        one is removed first."""
        target = f"{self.output}/{path}"
        if os.path.isdir(target) and not os.path.islink(target):
            for old in outdated:
                if old.startswith(f"{path}/"):
                    self._remove(old)
            self._real_folders = {""}
            with suppress(OSError):
                os.rmdir(target)  # one that was empty to begin with
        for folder in _parents(path):
            if folder in self._real_folders:
                continue
            if not self.staging.is_folder(folder):
                with suppress(FileNotFoundError):
                    os.unlink(f"{self.output}/{folder}")
                os.mkdir(f"{self.output}/{folder}")
            self._real_folders.add(folder)

    def _remove(self, path: str) -> bool:
        """Remove a file of ours, and the folders that are then empty; links are not followed.
        Whether there was such a file."""
        folders = [f"{self.output}/{folder}" for folder in _parents(path)]
        real = [*takewhile(lambda f: os.path.isdir(f) and not os.path.islink(f), folders)]
        target = f"{self.output}/{path}"
        exists = len(real) == len(folders) and (os.path.islink(target) or os.path.isfile(target))
        if exists:
            os.unlink(target)
        with suppress(OSError):  # ends at the first folder that is not empty
            for folder in reversed(real):
                os.rmdir(folder)
        return exists


def _folders_of(paths: Iterable[str]) -> set[str]:
    """All folders above some paths."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _parents(path: str) -> list[str]:
    """The folders above a path, from the top: `a/b/c` gives `a` and `a/b`."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
