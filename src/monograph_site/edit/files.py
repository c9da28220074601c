"""Writing a changed file in one step, unless it has changed meanwhile."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

CHANGED_MEANWHILE = "it was saved by another program meanwhile; run the command again"
"""Why a file is left alone that `replace_file` does not write."""


def replace_file(path: Path, before: bytes, after: bytes) -> bool:
    """Write `after` in place of `before`; whether that was done: a file that has other bytes by now
    is left alone.

    The new file takes the place of the old one in one step, with its mode; where `path` is a
    symbolic link, the file that it leads to. Raises OSError.
    """
    target = path.resolve()
    status = target.stat()
    handle, temporary = mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, status.st_mode & 0o7777)
        with suppress(OSError, AttributeError):  # only root may give a file to others
            os.chown(temporary, status.st_uid, status.st_gid)
        if target.read_bytes() != before:
            return False
        os.replace(temporary, target)
        return True
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
