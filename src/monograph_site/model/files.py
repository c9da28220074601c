"""Whether a file is still the one that was read: git's index rule, for content and for the
published site alike.

A file counts as unchanged while its size, both time stamps and its inode are. That alone would miss
a second write of the same size within the same tick of the file system's clock, so a file that was
written within the last tick before its signature was taken is *racy*: it must be looked into again.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator

SOURCE_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd")
"""Suffixes of content files."""
Signature = tuple[int, int, int, int]
"""Size, time of the content's change, time of the inode's change (both in nanoseconds), inode."""

DATA_SUFFIXES = (".yaml", ".yml", ".toml", ".json", ".csv")
"""Suffixes of data files, whose entries may be content."""
_TICK = 20_000_000
_COARSE_TICK = 2_000_000_000
_SECOND = 1_000_000_000


def signature_from_stat(status: os.stat_result) -> Signature:
    """The signature in the result of `os.stat`."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def signature_of(path: str) -> Signature | None:
    """The signature of a regular file; None where there is none (a link to a file is not one)."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return signature_from_stat(status) if stat.S_ISREG(status.st_mode) else None


def is_racy(signature: Signature, taken: int) -> bool:
    """Whether a write could hide behind a signature taken at `taken` (`time.time_ns()` just
    before).

    A kernel's clock ticks every 1 to 10 ms. A time stamp of whole seconds comes from a file system
    that has nothing finer, where a tick is up to two seconds. A file from the future is racy.
    """
    _, content, inode, _ = signature
    changed = content if content > inode else inode
    if changed < taken - _COARSE_TICK:
        return False
    tick = _TICK if changed % _SECOND else _COARSE_TICK
    return changed >= taken - tick


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file. Raises OSError, which names the file also where the disk is full."""
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as error:
        error.filename = error.filename or os.fspath(path)
        raise


def open_without_links(root: str | os.PathLike[str], path: str) -> int:
    """A file descriptor to read a regular file below a folder, by its path with forward slashes.

    Links are followed neither in place of the file nor in place of a folder on the way to it, also
    when one is put there at this very moment. Raises OSError, also for what is not a regular
    file.
    """
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(os.path.join(root, path), flags)
    here = os.open(root, flags | os.O_DIRECTORY)
    try:
        *folders, name = path.split("/")
        for folder in folders:
            below = os.open(folder, flags | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        # O_NONBLOCK: a pipe in the place of a file would keep the reader waiting for a writer.
        file = os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "not a regular file", path)
    return file


def walk(
    root: str,
    prefix: str = "",
    skip: frozenset[str] = frozenset(),
    on_error: Callable[[str, OSError], None] | None = None,
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every entry below a folder that is not a folder, by relative path with forward slashes; links
    are not followed.

    Names that begin with a dot (`.git`, an editor's swap file) are left out, and so are the folders
    and files of `skip` (relative paths). A folder below the root that cannot be listed is given to
    `on_error` with its path, and the rest is walked; without `on_error`, and for the root, OSError is raised.
    """
    with os.scandir(root) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = prefix + entry.name
        if skip and path in skip:
            continue
        if entry.is_dir(follow_symlinks=False):
            try:
                yield from walk(entry.path, f"{path}/", skip, on_error)
            except OSError as error:
                if on_error is None:
                    raise
                on_error(path, error)
        else:
            yield path, entry
