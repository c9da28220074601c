"""What a build looked at, in a form that is compared in a moment: the names in each folder, and the
signature of each file.

Nothing but the standard library's smallest modules is imported here: this is the first thing that a
build does, and where nothing changed, the last.
"""

from __future__ import annotations

import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ..model.files import Signature, is_racy, signature_from_stat

_CHECKSUM_BYTES = 4
_CHUNK = 512
"""Files that are compared at a time."""
_NOT_WATCHED = "__pycache__"
"""Folders that Python writes into while a build runs; none of what is in them counts."""


class Watched:
    """Files and folders as they were at one moment."""

    __slots__ = ("files", "folders", "present", "signatures")

    def __init__(
        self,
        folders: dict[str, str],
        files: list[str],
        signatures: bytes,
        present: dict[str, bool],
    ) -> None:
        self.folders = folders
        """The names in each folder (see `_names`)."""
        self.files = files
        self.signatures = signatures
        """Those of the files, one after the other."""
        self.present = present
        """Whether there is something at each of these paths, whatever it is."""

    def is_as_before(self) -> bool:
        """Whether nothing has changed, been added or been removed."""
        length = len(self.signatures) // max(len(self.files), 1)
        try:
            for start in range(0, len(self.files), _CHUNK):
                table = _table(self.files[start : start + _CHUNK]).tobytes()
                if table != self.signatures[start * length : start * length + len(table)]:
                    return False
            return all(_names(path) == names for path, names in self.folders.items()) and all(
                os.path.lexists(path) == there for path, there in self.present.items()
            )
        except (OSError, ValueError, OverflowError):
            return False


def watch(
    trees: Iterable[str],
    files: Iterable[str],
    present: Iterable[str],
    skip: frozenset[str],
    before: int,
    made: Mapping[str, Signature],
    made_before: int,
) -> Watched | None:
    """What is to be watched: all files in folders and in those below them, further files, and
    whether there is something at some paths. What is at the paths of `skip` is left out.

    None where it cannot be relied on: something has changed since `before` (`time.time_ns()`) or
    just then, or there are symbolic links, whose targets are not watched. Files that were `made`
    are watched too; they had these signatures at `made_before`. Raises OSError.
    """
    folders: dict[str, str] = {}
    found: list[str] = []
    for root in trees:
        for path, entry in _below(root, skip, folders):
            if entry.is_symlink():
                return None
            found.append(path)
    found += files
    try:
        signatures, of_folders = _table(found), _table(list(folders))
        of_made = array("q", chain.from_iterable(made.values()))
    except OverflowError:
        return None
    if _is_any_racy(signatures + of_folders, before) or _is_any_racy(of_made, made_before):
        return None
    there = {path: os.path.lexists(path) for path in present}
    # What was made is compared last: an edit is seen sooner in what is written by hand.
    return Watched(folders, [*found, *made], (signatures + of_made).tobytes(), there)


def _below(
    root: str, skip: frozenset[str], folders: dict[str, str]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder that is not a folder itself; `folders` gets the names in all of
    them. As in `walk`, names that begin with a dot do not count."""
    with os.scandir(root) as listing:
        entries = [entry for entry in listing if not entry.name.startswith(".")]
    folders[root] = _joined([entry.name for entry in entries])
    for entry in entries:
        path = f"{root}/{entry.name}"
        if path in skip or entry.name == _NOT_WATCHED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, skip, folders)
        else:
            yield path, entry


def _names(folder: str) -> str:
    """The names in a folder, in order."""
    return _joined([name for name in os.listdir(folder) if not name.startswith(".")])


def _joined(names: list[str]) -> str:
    return "/".join(sorted(names))


def _table(paths: list[str]) -> array[int]:
    """The signatures of files, one after the other. Raises OSError, and OverflowError for a number
    that no usual file system has."""
    return array("q", chain.from_iterable(map(signature_from_stat, map(os.lstat, paths))))


def _is_any_racy(table: array[int], before: int) -> bool:
    return any(is_racy(signature, before) for signature in zip(*[iter(table)] * 4, strict=True))


def installed_packages() -> list[str]:
    """The name and version of every installed package, from the names of the `.dist-info` folders:
    asking `importlib.metadata` would take longer than all the rest."""
    packages = []
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        packages += sorted(name for name in names if name.endswith(".dist-info"))
    return packages


def encode(texts: Iterable[str], watched: Watched) -> bytes:
    """Some texts without NUL, and what was watched, for a file of the cache."""
    parts = (
        list(texts),
        watched.files,
        [text for item in watched.folders.items() for text in item],
        [f"{there:d}{path}" for path, there in watched.present.items()],
    )
    text = "\0".join(text for part in parts for text in part)
    data = text.encode("utf-8", "surrogateescape")
    head = " ".join(str(number) for number in (*map(len, parts), len(data)))
    data = b"%s\n%s%s" % (head.encode(), data, watched.signatures)
    return _checksum(data) + data


def decode(data: bytes) -> tuple[list[str], Watched]:
    """What was encoded. Raises ValueError for something else, and where it is damaged."""
    checksum, data = data[:_CHECKSUM_BYTES], data[_CHECKSUM_BYTES:]
    if checksum != _checksum(data):
        raise ValueError("damaged")
    head, _, rest = data.partition(b"\n")
    *lengths, size = map(int, head.split())
    texts = rest[:size].decode("utf-8", "surrogateescape").split("\0")
    parts = []
    for length in lengths:
        parts.append(texts[:length])
        del texts[:length]
    if texts or len(parts) != 4:
        raise ValueError("not what `encode` gives")
    first, files, folders, present = parts
    names = dict(zip(folders[::2], folders[1::2], strict=True))
    there = {text[1:]: text[:1] == "1" for text in present}
    return first, Watched(names, files, rest[size:], there)


def read(path: str) -> tuple[list[str], Watched] | None:
    """What was written of `encode`; None where there is no such file, or it is damaged."""
    try:
        with open(path, "rb") as file:
            return decode(file.read())
    except (OSError, ValueError):
        return None


def _checksum(data: bytes) -> bytes:
    # That of the cache's other files takes a package to import.
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "little")
