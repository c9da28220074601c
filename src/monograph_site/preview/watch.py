"""Watching folders: something is called when files may have changed. Nothing here knows what the
files are for.

The system's own events come within milliseconds, and are only ever a hint: one may get lost, a
folder may be taken away with its watch, a network drive sends none at all. So whoever watches must
look for itself what changed, and is also called every `RESCAN` seconds without any event.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import watchfiles

STEP = 5
"""Milliseconds without a further event after which a change counts as complete: saves in quick
succession are one."""
LONGEST = 50
"""Milliseconds after which changes are told although more keep coming, as while git checks out
hundreds of files."""
RESCAN = 1.5
"""Seconds between two looks without any event."""

Changed = Callable[[frozenset[Path] | None], None]
"""Is told which files or folders the events name; None when it should look at everything."""
Identity = tuple[tuple[int, int] | None, ...]


def watch(
    folders: Iterable[Path],
    changed: Changed,
    stop: threading.Event,
    *,
    ignored: Iterable[Path] = (),
    on_failure: Callable[[str], None] = lambda _: None,
) -> None:
    """Call `changed` after every change below the folders, and every `RESCAN` seconds, until `stop`
    is set.

    It is told absolute paths, of files and of folders, that may be gone. A folder need not exist;
    it is watched when it does. What lies in `ignored` folders or has a name that begins with a dot
    is no change. Where the system gives no events, `on_failure` hears why, and `changed` is called
    at intervals only.
    """
    watched = [folder.absolute() for folder in folders]
    aside = tuple(folder.absolute() for folder in ignored)
    while not stop.is_set():
        try:
            _until_replaced(watched, aside, changed, stop)
        except (
            Exception
        ) as problem:  # the limit of watches is reached, or the file system knows none
            on_failure(str(problem))
            while not stop.wait(RESCAN / 2):
                changed(None)


def _until_replaced(
    folders: list[Path], aside: tuple[Path, ...], changed: Changed, stop: threading.Event
) -> None:
    """Watch the folders that are there now; return when one of them came, went or was put in the
    place of another."""
    known = _identity(folders)
    there = [folder for folder, found in zip(folders, known, strict=True) if found]
    if not there:
        stop.wait(RESCAN)
        changed(None)
        return
    looked = time.monotonic()
    for events in watchfiles.watch(
        *there,
        watch_filter=None,
        debounce=LONGEST,
        step=STEP,
        rust_timeout=int(RESCAN * 1000),
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        paths = frozenset(path for _, name in events if _counts(path := Path(name), there, aside))
        if paths:
            changed(paths)
        if time.monotonic() - looked >= RESCAN:
            changed(None)
            looked = time.monotonic()
        if _identity(folders) != known:
            changed(None)
            return


def _counts(path: Path, folders: list[Path], aside: tuple[Path, ...]) -> bool:
    """Whether an event is of a file that anybody reads."""
    if any(folder == path or folder in path.parents for folder in aside):
        return False
    within = next(
        (path.relative_to(folder) for folder in folders if folder in path.parents), Path()
    )
    return not any(part.startswith(".") for part in within.parts)


def _identity(folders: list[Path]) -> Identity:
    """Device and inode of each folder; None where there is none."""
    return tuple(map(_inode, folders))


def _inode(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
