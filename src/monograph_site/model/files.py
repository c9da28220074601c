"""Whether a file is still the one that was read: git's index rule, for content and for the
published site alike.

A file counts as unchanged while its size, both time stamps and its inode are. That alone would miss
a second write of the same size within the same tick of the file system's clock, so a file that was
written within the last tick before its signature was taken is *racy*: it must be looked into again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

Signature = tuple[int, int, int, int]
"""Size, time of the content's change, time of the inode's change (both in nanoseconds), inode."""

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
    that knows nothing finer, where a tick is up to two seconds. A file from the future is racy.
    """
    _, content, inode, _ = signature
    changed = content if content > inode else inode
    if changed < taken - _COARSE_TICK:
        return False
    tick = _TICK if changed % _SECOND else _COARSE_TICK
    return changed >= taken - tick


def walk(
    root: str, prefix: str = "", skip: frozenset[str] = frozenset()
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every entry below a folder that is no folder, by relative path with forward slashes; links
    are not followed.

    Names that begin with a dot are nobody's content (`.git`, an editor's swap file) and are passed
    over, and so are the folders of `skip` (relative paths).
    """
    with os.scandir(root) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if prefix + entry.name not in skip:
                yield from walk(entry.path, f"{prefix}{entry.name}/", skip)
        else:
            yield prefix + entry.name, entry
