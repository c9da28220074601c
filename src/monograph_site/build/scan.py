"""The content folder: which files it holds, and which of them have to be read again (see
`model.files`)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from posixpath import normpath

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from ..config.settings_file import FRAGMENT_FOLDERS, SETTINGS_FILE
from ..model.attachment import Attachment
from ..model.files import (
    DATA_SUFFIXES,
    SOURCE_SUFFIXES,
    Signature,
    is_racy,
    open_without_links,
    signature_from_stat,
    walk,
)
from ..model.finding import Finding
from ..model.source import Span
from ..model.strings import digest
from ..source.attachments import STATIC_FOLDERS, is_publishable
from ..source.findings_file import LINK, ODD_NAME, UNREADABLE
from .cache import read_decoded, write_atomically

SUFFIXES = SOURCE_SUFFIXES
"""Suffixes of content files; a `.txt` file that starts with front matter is content too."""
MAX_BYTES_READ = 8_000_000
"""Bytes read of a file: more than the loader accepts, so that it can say how far a file is over its
limit."""
_NOT_INDEXED = (None, "")


class Index(Struct, frozen=True):
    """What an earlier build knew of the content files. It does not depend on any setting."""

    taken: int = 0
    """When the signatures were taken, `time.time_ns()`."""
    files: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    """Signature and digest of each file's bytes, by path."""
    attachments: dict[str, tuple[Signature, Attachment]] = field(default_factory=dict)
    """The pictures and files that pages refer to, by path."""


class Scan(Struct, frozen=True):
    """The content folder as it is now."""

    taken: int
    """See `Index.taken`."""
    signatures: dict[str, Signature]
    """The signature of each content file, by path, in order."""
    digests: dict[str, str]
    """The digests of the files that an earlier build has read and that have not changed since."""
    faults: tuple[Finding, ...]
    """Findings about files that cannot be content (symbolic links, names that are not UTF-8) and
    folders that cannot be read."""
    attachments: dict[str, Signature] = field(default_factory=dict)
    """The signatures of the pictures and other files that pages may refer to, by path: those in
    the content folder, and with `../` before them those in the static folders beside it."""
    data: dict[str, Signature] = field(default_factory=dict)
    """The signatures of the files that may be data files, by path."""


def scan_folder(
    content: Path, index: Index, excluded: Iterable[Path] = (), static: Iterable[str] = ()
) -> Scan:
    """The content folder, without reading any monograph.

    Symbolic links are not followed: with one, a pull request could publish any file of the machine.
    What is `excluded` (the output, the cache, what site.yaml names) is not content where it lies in
    the content folder. `static` are the static folders that site.yaml names, relative to it. Raises
    OSError for a folder that cannot be read.
    """
    unreadable = _UnreadableFolders()
    excluded = tuple(excluded)
    skip = paths_inside(content, excluded) | frozenset(FRAGMENT_FOLDERS)
    inside = walk(str(content), skip=skip, on_error=unreadable.add)
    entries = chain(inside, _static_entries(content, excluded, static))
    return _with_entries(Scan(time.time_ns(), {}, {}, ()), entries, index, unreadable)


def rescan_folder(
    content: Path,
    previous: Scan,
    index: Index,
    paths: Iterable[str],
    excluded: Iterable[Path] = (),
) -> Scan:
    """What `scan_folder` gives now, if only these paths have changed since the previous scan.

    `paths` are files and folders, relative to the content folder. `taken` stays that of the
    previous scan.
    """
    skip = paths_inside(content, excluded) | frozenset(FRAGMENT_FOLDERS)
    changed = {_link_above(content, path) for path in paths}
    signatures, unchanged = dict(previous.signatures), dict(previous.digests)
    attachments, data = dict(previous.attachments), dict(previous.data)
    known = {**signatures, **attachments, **data}
    folders = tuple(f"{path}/" for path in changed if path not in known)
    below = {path for path in known if path.startswith(folders)} if folders else set()
    for path in changed | below:
        signatures.pop(path, None)
        attachments.pop(path, None)
        data.pop(path, None)
        unchanged.pop(path, None)
    findings = tuple(
        finding
        for finding in previous.faults
        if finding.path not in changed and not finding.path.startswith(folders)
    )
    unreadable = _UnreadableFolders()
    entries = (
        entry for path in sorted(changed) for entry in _entries_at(content, path, skip, unreadable)
    )
    base = Scan(previous.taken, signatures, unchanged, findings, attachments, data)
    return _with_entries(base, entries, index, unreadable)


class _UnreadableFolders:
    """Findings about folders that cannot be listed."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, path: str, error: OSError) -> None:
        """Add a folder, unless it has been removed since its parent was listed."""
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            message = f"The folder can't be read: {error.strerror}.\nChange its permissions."
            self.findings.append(UNREADABLE.at(path, Span(), message))


def _with_entries(
    base: Scan,
    entries: Iterable[tuple[str, os.DirEntry[str]]],
    index: Index,
    unreadable: _UnreadableFolders,
) -> Scan:
    """A scan with more directory entries. The mappings of `base` are changed and become its own."""
    findings = list(base.faults)
    # Ten thousand files pass through here in every build: the lookups are made once.
    signatures, unchanged, indexed = base.signatures, base.digests, index.files.get
    for path, entry in entries:
        is_plain = (
            path.endswith(SUFFIXES) and path.isprintable() and entry.is_file(follow_symlinks=False)
        )
        if not is_plain:
            if not _is_content(path, entry):
                signature_of_file = _attachment_signature(path, entry)
                if signature_of_file is not None:
                    base.attachments[path] = signature_of_file
                if path.endswith(DATA_SUFFIXES):
                    _add_data_file(base, path, entry, index)
                continue
            finding = _not_content(path, entry)
            if finding is not None:
                findings.append(finding)
                continue
        try:
            signature = signature_from_stat(entry.stat(follow_symlinks=False))
        except OSError:  # removed since its folder was listed
            continue
        signatures[path] = signature
        previous_signature, previous_digest = indexed(path, _NOT_INDEXED)
        if previous_signature == signature and not is_racy(signature, index.taken):
            unchanged[path] = previous_digest
    findings += unreadable.findings
    return replace(base, faults=tuple(findings))


def _add_data_file(scan: Scan, path: str, entry: os.DirEntry[str], index: Index) -> None:
    """Add a file that may be a data file to a scan, with its digest where that is known."""
    try:
        if path == SETTINGS_FILE or not path.isprintable() or path.startswith("../"):
            return
        if not entry.is_file(follow_symlinks=False):
            return
        signature = signature_from_stat(entry.stat(follow_symlinks=False))
    except OSError:  # removed since its folder was listed
        return
    scan.data[path] = signature
    previous_signature, previous_digest = index.files.get(path, _NOT_INDEXED)
    if previous_signature == signature and not is_racy(signature, index.taken):
        scan.digests[path] = previous_digest


def _attachment_signature(path: str, entry: os.DirEntry[str]) -> Signature | None:
    """The signature of a file that pages may refer to; None for any other file."""
    if not is_publishable(path) or not path.isprintable():
        return None
    try:
        if not entry.is_file(follow_symlinks=False):
            return None
        return signature_from_stat(entry.stat(follow_symlinks=False))
    except OSError:  # removed since its folder was listed
        return None


def _static_entries(
    content: Path, excluded: Iterable[Path], static: Iterable[str]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What pages may refer to in the static folders outside the content folder."""
    for name in static_folders(content, excluded, static):
        for path, entry in walk(str(content / name), f"{name}/", on_error=lambda *_: None):
            if is_publishable(path):
                yield path, entry


def static_names(static: Iterable[str]) -> list[str]:
    """Where static folders may be outside the content folder, relative to it."""
    stated = (name for name in map(normpath, static) if name.startswith("../"))
    return list(dict.fromkeys((*stated, *(f"../{name}" for name in STATIC_FOLDERS))))


def static_folders(content: Path, excluded: Iterable[Path], static: Iterable[str]) -> Iterator[str]:
    """The static folders outside the content folder, relative to it.

    Only within the repository of the content folder: what lies beside that is no part of it. A
    static folder with the content folder in it is left out.
    """
    root = content.resolve()
    repository = next(
        (folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), None
    )
    kept = {root, *root.parents, *(folder.resolve() for folder in excluded)}
    for name in static_names(static):
        folder = content / name
        target = folder.resolve()
        is_outside = repository is not None and repository not in (target, *target.parents)
        if is_outside or target in kept or not folder.is_dir():
            continue
        if os.path.normpath(root / name) != str(target):  # a symbolic link is on the way
            continue
        yield name


def _not_content(path: str, entry: os.DirEntry[str]) -> Finding | None:
    """Why a file with the name of a content file is not content; None where it is."""
    if not path.isprintable() and not _is_utf8(path):
        printable = path.encode("utf-8", "backslashreplace").decode()
        return ODD_NAME.at(printable, Span(), "The file's name is not UTF-8.\nRename it.")
    if entry.is_symlink():
        return LINK.at(path, Span(), "Symbolic links are not followed.\nPut the file itself here.")
    return None


def paths_inside(content: Path, folders: Iterable[Path]) -> frozenset[str]:
    """The folders and files that lie in the content folder, relative to it."""
    root = content.resolve()
    resolved = (folder.resolve() for folder in folders)
    return frozenset(
        folder.relative_to(root).as_posix() for folder in resolved if root in folder.parents
    )


def _link_above(content: Path, path: str) -> str:
    """The folder above a path that is a symbolic link, and so hides the path; else the path."""
    parts = path.split("/")
    folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return next((folder for folder in folders if os.path.islink(content / folder)), path)


def _entries_at(
    content: Path, path: str, skip: frozenset[str], unreadable: _UnreadableFolders
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What `walk` gives for a path: the file itself, or everything below the folder."""
    folder, name = os.path.split(path)
    if any(part.startswith(".") for part in path.split("/")):
        return
    if any(f"{path}/".startswith(f"{skipped}/") for skipped in skip):
        return
    try:
        with os.scandir(content / folder) as listing:
            entry = next((entry for entry in listing if entry.name == name), None)
    except OSError:
        return
    if entry is not None and entry.is_dir(follow_symlinks=False):
        try:
            yield from walk(entry.path, f"{path}/", skip, unreadable.add)
        except OSError as error:
            unreadable.add(path, error)
    elif entry is not None:
        yield path, entry


def read_content(content: Path, path: str) -> tuple[bytes, str]:
    """The bytes of a content file, at most `MAX_BYTES_READ` of them, and their digest. Raises
    OSError, also where the path leads through a link."""
    with open(open_without_links(content, path), "rb") as file:
        data = file.read(MAX_BYTES_READ)
    return data, digest(data)


def content_digests(content: Path, current: Scan, index: Index) -> dict[str, str]:
    """The digest of every content file, '' for one that cannot be read, and of every picture and
    other file that pages refer to, '' for those that none refers to. Content files that may have
    changed are read; for other files a mark says that they may have."""
    digests = dict.fromkeys(current.attachments, "")
    for path, (signature, attachment) in index.attachments.items():
        if path in digests:
            is_same = signature == current.attachments[path] and not is_racy(signature, index.taken)
            digests[path] = attachment.digest if is_same else "changed"
    for path in current.data:
        if path in index.files:
            digests[path] = current.digests.get(path) or _digest(content, path)
        else:
            digests.setdefault(path, "")
    for path in current.signatures:
        digests[path] = current.digests.get(path) or _digest(content, path)
    return digests


def load_index(path: Path) -> Index:
    """The index that an earlier build saved; an empty one where there is none."""
    return read_decoded(path, Index, Index())


def save_index(path: Path, index: Index) -> None:
    """Save signatures, with the digests of bytes that were read after the signatures were taken."""
    files = {name: (signature, value) for name, (signature, value) in index.files.items() if value}
    kept = Index(index.taken, files, index.attachments)
    write_atomically(path, msgspec.msgpack.encode(kept))


def _digest(content: Path, path: str) -> str:
    try:
        return read_content(content, path)[1]
    except OSError:
        return ""


def _is_content(path: str, entry: os.DirEntry[str]) -> bool:
    """Whether it is Markdown by its name, a text file that starts with front matter, or a symbolic
    link that may hide either."""
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
    """Whether a symbolic link leads to a folder, or in a circle."""
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
