"""What is in the content folder, and which of it has to be read: git's index rule (see
`files`)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..model import files
from ..model.files import Signature, open_without_links
from ..model.finding import Finding
from ..model.source import Span
from ..model.strings import digest
from ..source.findings_file import LINK, ODD_NAME, UNREADABLE
from .cache import read_decoded, write_whole

SUFFIXES = (".md", ".markdown")
"""Which files are content; a `.txt` file is, too, when it starts with front matter."""
_UNKNOWN = (None, "")
READ_AT_MOST = 8_000_000
"""Bytes: enough that the loader can say how far a file is beyond its own limit, and no more."""


@dataclass(frozen=True, slots=True)
class Index:
    """What an earlier build knew of the content files. Nothing in it depends on settings."""

    taken: int = 0
    """When the signatures were taken, `time.time_ns()`."""
    files: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    """Signature and digest of each file's bytes, by path."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The content folder as it is now."""

    taken: int
    signatures: dict[str, Signature]
    """Of each content file, by path, in order."""
    digests: dict[str, str]
    """Of the files that need not be read, since they are as an earlier build saw them."""
    faults: tuple[Finding, ...]
    """What is in the folder and can't be content."""


def scan(content: Path, index: Index, aside: Iterable[Path] = ()) -> Scan:
    """Look at the content folder without reading a monograph. Links are not followed: a pull
    request could publish any file of the machine with one. Folders of `aside` that lie in it (the
    output, the cache) are not content."""
    closed = _ClosedFolders()
    there = files.walk(str(content), skip=_inside(content, aside), on_error=closed.add)
    return _with(Scan(time.time_ns(), {}, {}, ()), there, index, closed)


def scan_again(
    content: Path, found: Scan, index: Index, paths: Iterable[str], aside: Iterable[Path] = ()
) -> Scan:
    """What `scan` finds now, where nothing but these paths (files and folders, relative to the
    content folder) may have changed since an earlier scan; `taken` stays that of the earlier one.
    """
    skip = _inside(content, aside)
    looked_at = {_before_link(content, path) for path in paths}
    signatures, digests = dict(found.signatures), dict(found.digests)
    below = tuple(f"{path}/" for path in looked_at if path not in signatures)
    gone = looked_at | ({path for path in signatures if path.startswith(below)} if below else set())
    for path in gone:
        signatures.pop(path, None)
        digests.pop(path, None)
    faults = tuple(
        one for one in found.faults if one.path not in looked_at and not one.path.startswith(below)
    )
    closed = _ClosedFolders()
    there = (one for path in sorted(looked_at) for one in _at(content, path, skip, closed))
    return _with(Scan(found.taken, signatures, digests, faults), there, index, closed)


class _ClosedFolders:
    """Findings on folders that cannot be listed."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, path: str, error: OSError) -> None:
        """Note a folder; one that is gone since its parent was listed is not there any more."""
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            message = f"The folder can't be read: {error.strerror}.\nChange its permissions."
            self.findings.append(UNREADABLE.at(path, Span(), message))


def _with(
    found: Scan,
    there: Iterable[tuple[str, os.DirEntry[str]]],
    index: Index,
    closed: _ClosedFolders,
) -> Scan:
    """A scan, put into use for it, with what is there added."""
    signatures, digests, faults, known = (
        found.signatures,
        found.digests,
        list(found.faults),
        index.files.get,
    )
    for path, entry in there:
        is_plain = (
            path.endswith(SUFFIXES) and path.isprintable() and entry.is_file(follow_symlinks=False)
        )
        if not is_plain:
            if not _is_content(path, entry):
                continue
            fault = _fault(path, entry)
            if fault is not None:
                faults.append(fault)
                continue
        try:
            now = files.of(entry.stat(follow_symlinks=False))
        except OSError:  # gone since its folder was listed
            continue
        signatures[path] = now
        before, value = known(path, _UNKNOWN)
        if before == now and not files.is_racy(now, index.taken):
            digests[path] = value
    return Scan(found.taken, signatures, digests, (*faults, *closed.findings))


def _fault(path: str, entry: os.DirEntry[str]) -> Finding | None:
    """What keeps a file with a content file's name from being one."""
    if not path.isprintable() and not _is_utf8(path):
        shown = path.encode("utf-8", "backslashreplace").decode()
        return ODD_NAME.at(shown, Span(), "The file's name is not UTF-8.\nRename it.")
    if entry.is_symlink():
        return LINK.at(path, Span(), "Symbolic links are not followed.\nPut the file itself here.")
    return None


def _inside(content: Path, aside: Iterable[Path]) -> frozenset[str]:
    root = content.resolve()
    return frozenset(
        p.relative_to(root).as_posix()
        for p in (one.resolve() for one in aside)
        if root in p.parents
    )


def _before_link(content: Path, path: str) -> str:
    """A path, or the folder above it that is a link and so hides it."""
    parts = path.split("/")
    above = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return next((one for one in above if os.path.islink(content / one)), path)


def _at(
    content: Path, path: str, skip: frozenset[str], closed: _ClosedFolders
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What `files.walk` gives of a path: the file, or everything below the folder."""
    folder, name = os.path.split(path)
    if any(part.startswith(".") for part in path.split("/")) or any(
        f"{path}/".startswith(f"{one}/") for one in skip
    ):
        return
    try:
        with os.scandir(content / folder) as listing:
            entry = next((one for one in listing if one.name == name), None)
    except OSError:
        return
    if entry is not None and entry.is_dir(follow_symlinks=False):
        try:
            yield from files.walk(entry.path, f"{path}/", skip, closed.add)
        except OSError as error:
            closed.add(path, error)
    elif entry is not None:
        yield path, entry


def read(content: Path, path: str) -> tuple[bytes, str]:
    """The bytes of a content file and their digest. Raises OSError, for a link too."""
    with open(open_without_links(content, path), "rb") as file:
        data = file.read(READ_AT_MOST)
    return data, digest(data)


def digests(content: Path, found: Scan) -> dict[str, str]:
    """The digest of every content file; only those an earlier build does not vouch for are read. ''
    for unreadable."""
    return {path: found.digests.get(path) or _digest(content, path) for path in found.signatures}


def load_index(path: Path) -> Index:
    """The index an earlier build kept; an empty one where there is none."""
    return read_decoded(path, Index, Index())


def save_index(path: Path, index: Index) -> None:
    """Keep signatures with the digests of the bytes that were read after they were taken."""
    files = {name: one for name, one in index.files.items() if one[1]}
    write_whole(path, msgspec.msgpack.encode(Index(index.taken, files)))


def _digest(content: Path, path: str) -> str:
    try:
        return read(content, path)[1]
    except OSError:
        return ""


def _is_content(path: str, entry: os.DirEntry[str]) -> bool:
    """Markdown by its name, a text file by its front matter, or a link that hides what it is."""
    name = path.lower()
    if entry.is_symlink():
        return name.endswith(SUFFIXES) or _leads_to_folder(entry)
    if not entry.is_file(follow_symlinks=False) or not name.endswith((*SUFFIXES, ".txt")):
        return False
    if name.endswith(SUFFIXES):
        return True
    try:
        with open(entry.path, "rb") as file:
            return file.read(4) in (b"---\n", b"---\r")
    except OSError:
        return False


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    """Whether a link hides a folder, or leads round in a circle."""
    try:
        return link.is_dir()
    except OSError:
        return True


def _is_utf8(name: str) -> bool:
    try:
        os.fsencode(name).decode()
    except UnicodeDecodeError:
        return False
    return True
