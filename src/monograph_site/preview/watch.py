"""Watching folders: calls a function when files may have changed. It does not know what the files
are for.

Events of the operating system arrive within milliseconds but are no more than hints: an event may
get lost, a folder may be removed together with its watch, a network drive sends none. So the caller
must find out for itself what has changed, and is also called every `RESCAN_SECONDS` without an
event.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import watchfiles

QUIET_MS = 5
"""Milliseconds without another event after which a change counts as complete: saves in quick
succession count as one."""
MAX_DELAY_MS = 50
"""Milliseconds after which changes are reported although events keep arriving, as while git checks
out hundreds of files."""
RESCAN_SECONDS = 1.5
"""Seconds between two calls without an event."""

OnChange = Callable[[frozenset[Path] | None], None]
"""Receives the files or folders that the events name; None where anything may have changed."""
Identity = tuple[tuple[int, int] | None, ...]


def watch(
    folders: Iterable[Path],
    on_change: OnChange,
    stop: threading.Event,
    *,
    ignored: Iterable[Path] = (),
    on_failure: Callable[[str], None] = lambda _: None,
) -> None:
    """Call `on_change` after every change in the folders, and every `RESCAN_SECONDS`, until `stop`
    is set.

    It receives absolute paths, of files and folders, which may no longer exist. A folder need not
    exist; it is watched as soon as it does. Files in `ignored` folders, and names that begin with a
    dot, do not count. Where the system sends no events, `on_failure` receives the reason, and
    `on_change` is called at intervals.
    """
    watched = [folder.absolute() for folder in folders]
    excluded = tuple(folder.absolute() for folder in ignored)
    while not stop.is_set():
        try:
            _watch_until_replaced(watched, excluded, on_change, stop)
        except Exception as error:  # no watches left, or a file system without them
            on_failure(str(error))
            while not stop.wait(RESCAN_SECONDS / 2):
                on_change(None)


def _watch_until_replaced(
    folders: list[Path], excluded: tuple[Path, ...], on_change: OnChange, stop: threading.Event
) -> None:
    """Watch the folders that exist. Returns when one of them was created, removed or replaced."""
    identities = _identity(folders)
    existing = [folder for folder, inode in zip(folders, identities, strict=True) if inode]
    if not existing:
        stop.wait(RESCAN_SECONDS)
        on_change(None)
        return
    last_rescan = time.monotonic()
    for events in watchfiles.watch(
        *existing,
        watch_filter=None,
        debounce=MAX_DELAY_MS,
        step=QUIET_MS,
        rust_timeout=int(RESCAN_SECONDS * 1000),
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        changed = (Path(name) for _, name in events)
        paths = frozenset(path for path in changed if _counts(path, existing, excluded))
        if paths:
            on_change(paths)
        if time.monotonic() - last_rescan >= RESCAN_SECONDS:
            on_change(None)
            last_rescan = time.monotonic()
        if _identity(folders) != identities:
            on_change(None)
            return


def _counts(path: Path, folders: list[Path], excluded: tuple[Path, ...]) -> bool:
    """Whether an event is about a file that may matter."""
    if any(folder == path or folder in path.parents for folder in excluded):
        return False
    relative = next(
        (path.relative_to(folder) for folder in folders if folder in path.parents), Path()
    )
    return not any(part.startswith(".") for part in relative.parts)


def _identity(folders: list[Path]) -> Identity:
    """Device and inode of each folder; None where it does not exist."""
    return tuple(map(_inode, folders))


def _inode(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)
