"""Artifacts → the output folder, so that a site is never broken: every file is whole at every
moment.

Files are written into one folder beside the site and renamed into place in order: assets, new pages,
new lists, changed pages, changed lists; then stale pages are removed, and stale assets last. So no
page that can be reached leads to a file that is not there, wherever a build is killed. Only files named in the manifest are ever replaced or removed. The manifest
is written as the union of old and new before the first change, and exactly at the end: a build that
was killed anywhere left whole files that the next build knows to be ours. (Nothing is forced to the
disk: after a loss of power a file may be empty, which the next build sees from its signature.)
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from itertools import takewhile
from pathlib import Path

from ..model.errors import OutputError
from ..model.files import open_without_links
from ..model.strings import digest
from ..pages.page import Artifact
from .output import TEMPORARY, is_inside, read_manifest, write_manifest


class Order(IntEnum):
    """When a file takes its place: what it needs comes before it, what leads to it after it."""

    ASSET = 0
    PAGE = 1
    INDEX = 2


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit did, by path."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    """Rendered again and found in its place with the same bytes: left alone."""
    removed: tuple[str, ...]


class Publication:
    """One build's way into the output folder: `add` artifacts as they come, then `commit`, or
    `abandon`."""

    def __init__(self, output: Path) -> None:
        """`output` exists and is locked by this build. Nothing of the site changes before `commit`."""
        self.output = output
        self.digests: dict[str, str] = {}
        """The digest of the content of each artifact that was added."""
        self._ours = read_manifest(output)
        self._waiting: list[tuple[Order, str, str]] = []
        self._same: list[str] = []
        self._real: set[str] = {""}
        self.abandon()

    def add(self, artifact: Artifact, order: Order) -> None:
        """Take an artifact: it is written beside the site, unless the same bytes are in their place
        already.

        Raises `OutputError` for a path that leaves the folder, for a second artifact of that path
        and for a stranger's file in the way.
        """
        path = artifact.path
        if not is_inside(path):
            raise OutputError(f"{path!r} is no path inside the output folder")
        if path in self.digests:
            raise OutputError(f"two pages want to be {path!r}")
        self.digests[path] = digest(artifact.content)
        if self._is_there(path, artifact.content):
            self._same.append(path)
            return
        if not self._waiting:
            (self.output / TEMPORARY).mkdir(exist_ok=True)
        name = f"{self.output}/{TEMPORARY}/{len(self._waiting):08}"
        with open(name, "wb") as file:
            file.write(artifact.content)
        self._waiting.append((order, path, name))

    def commit(self, kept: Mapping[str, str]) -> Published:
        """Put everything in its place and remove what is in neither `kept` (path → content digest)
        nor added."""
        files = {**kept, **self.digests}
        for path in files:
            if any(parent in files for parent in _parents(path)):
                raise OutputError(
                    f"{path!r} lies below a page that is a file; give one of the two another address"
                )
        gone = tuple(sorted(self._ours.keys() - files.keys(), key=self._removal_turn))
        placed = sorted(self._waiting, key=self._turn)
        if placed or gone:
            write_manifest(self.output, {**self._ours, **files})
        for _, path, name in placed:
            self._make_way(path, gone)
            os.replace(name, f"{self.output}/{path}")
        removed = tuple(path for path in gone if self._remove(path))
        write_manifest(self.output, files)
        self.abandon()
        return Published(tuple(path for _, path, _ in placed), tuple(self._same), removed)

    def abandon(self) -> None:
        """Throw away what was written beside the site, by this build or by one that was killed."""
        temporary = self.output / TEMPORARY
        if temporary.is_symlink():
            temporary.unlink()
        elif temporary.exists():
            shutil.rmtree(temporary)

    def _turn(self, waiting: tuple[Order, str, str]) -> tuple[object, ...]:
        """When a file takes its place, so that no page ever leads to a file that is not there yet:
        assets, then what is new (first what new indexes lead to), then what is replaced."""
        order, path, _ = waiting
        is_replaced = os.path.lexists(f"{self.output}/{path}")
        return order is not Order.ASSET, is_replaced, order, not path.endswith(".json"), path

    def _removal_turn(self, path: str) -> tuple[object, ...]:
        """When a file is removed: redirects, then pages, then what they lead to.

        A page and the list of its kind that go together lead to each other; by then nothing leads
        to either.
        """
        is_kept_by_pages = path.startswith("assets/"), path.endswith(".json")
        return *is_kept_by_pages, not self._is_redirect(path), path

    def _is_redirect(self, path: str) -> bool:
        if not path.endswith((".html", ".htm")):
            return False
        try:
            with open(open_without_links(self.output, path), "rb") as file:
                return b'http-equiv="refresh"' in file.read(2048)
        except OSError:
            return False

    def _is_there(self, path: str, content: bytes) -> bool:
        """Whether a file has these bytes already; `OutputError` when the place is a stranger's."""
        for folder in _parents(path):
            if folder not in self._real and not self._is_folder(folder):
                return False
            self._real.add(folder)
        place = f"{self.output}/{path}"
        try:
            status = os.lstat(place)
        except FileNotFoundError:
            return False
        if stat.S_ISREG(status.st_mode) and status.st_size == len(content):
            with open(place, "rb") as file:
                if file.read() == content:
                    return True
        if stat.S_ISDIR(status.st_mode):
            self._must_all_be_ours(place)
        else:
            self._must_be_ours(path)
        return False

    def _must_all_be_ours(self, place: str) -> None:
        """A folder where a page is to be: good if it will be gone by then, with everything in it."""
        for folder, folders, names in os.walk(place):
            here = os.path.relpath(folder, self.output).replace(os.sep, "/")
            for name in names + [name for name in folders if os.path.islink(f"{folder}/{name}")]:
                self._must_be_ours(f"{here}/{name}")
            if (
                not names
                and not folders
                and not any(ours.startswith(f"{here}/") for ours in self._ours)
            ):
                self._must_be_ours(here)

    def _is_folder(self, path: str) -> bool:
        try:
            status = os.lstat(f"{self.output}/{path}")
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(status.st_mode):
            self._must_be_ours(path)  # a link in the place of a folder never is
            return False
        return True

    def _must_be_ours(self, path: str) -> None:
        if path not in self._ours:
            raise OutputError(
                f"{str(self.output / path)!r} is in the way and was not made by this tool; move it away, "
                "or choose another --output"
            )

    def _make_way(self, path: str, gone: tuple[str, ...]) -> None:
        """The folders above a path; what was a file and becomes a folder, or the other way, is
        removed first."""
        place = f"{self.output}/{path}"
        if os.path.isdir(place) and not os.path.islink(place):
            for old in gone:
                if old.startswith(f"{path}/"):
                    self._remove(old)
            self._real = {""}
            with suppress(OSError):
                os.rmdir(place)  # one that was empty to begin with
        for folder in _parents(path):
            if folder in self._real:
                continue
            if not self._is_folder(folder):
                with suppress(FileNotFoundError):
                    os.unlink(f"{self.output}/{folder}")
                os.mkdir(f"{self.output}/{folder}")
            self._real.add(folder)

    def _remove(self, path: str) -> bool:
        """Remove a file of ours, and the folders it leaves empty; nothing is followed out of the
        output folder."""
        folders = [f"{self.output}/{folder}" for folder in _parents(path)]
        real = [
            *takewhile(lambda folder: os.path.isdir(folder) and not os.path.islink(folder), folders)
        ]
        place = f"{self.output}/{path}"
        there = (
            len(real) == len(folders)
            and os.path.lexists(place)
            and (os.path.islink(place) or os.path.isfile(place))
        )
        if there:
            os.unlink(place)
        with suppress(OSError):  # the first folder with something else in it ends this
            for folder in reversed(real):
                os.rmdir(folder)
        return there


def _parents(path: str) -> list[str]:
    """The folders above a path, from the top: `a/b/c` gives `a` and `a/b`."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
