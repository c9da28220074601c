"""Errors that stop a command, other than findings in content: the command line shows their message
and ends with status 2."""

from __future__ import annotations

import os
from collections.abc import Sequence

MAX_ITEMS_NAMED = 3


class MonographError(Exception):
    """An error whose message says what happened and what to do. All others derive from it."""


class UsageProblem(MonographError):
    """The command cannot be carried out as it was given."""


class CacheWarning(UserWarning):
    """The cache, or a file of it, cannot be read or written. Nothing but the time is lost."""


class OutputError(MonographError):
    """The output folder cannot be used as it is."""


class ThemeError(MonographError):
    """A file of the theme cannot be read."""


class RenderError(MonographError):
    """A template has an error. The message names its file and line, and the page."""

    def __init__(self, message: str, file: str = "", line: int = 1) -> None:
        super().__init__(message)
        self.file, self.line = file, line


class WorkerCrashed(MonographError):
    """A worker process died: it was killed, ran out of memory, or crashed in native code."""

    def __init__(self, items: Sequence[object]) -> None:
        """`items` are those that had been sent to workers and have no result, each with a `path` or
        a `url`."""
        names = ", ".join(
            str(getattr(item, "path", None) or getattr(item, "url", None) or "?")
            for item in items[:MAX_ITEMS_NAMED]
        )
        more = len(items) - MAX_ITEMS_NAMED
        self.items = tuple(items)
        if len(items) == 1:
            self.what = f"a worker process died while it worked on {names}"
            advice = "It may have run out of memory."
        else:
            rest = f" and {more} more" if more > 0 else ""
            self.what = f"a worker process died at or before {names}{rest}"
            advice = (
                "It may have run out of memory. Run again with --jobs 1 to see which file it is."
            )
        super().__init__(f"{self.what}. {advice}")


def describe_os_error(error: OSError, path: str | os.PathLike[str] = "") -> str:
    """What the system refused, with the file: `No space left on device: 'build/index.html'`.

    `path` is the file in question where the error itself does not name one, as after a write.
    """
    file = error.filename or path
    reason = error.strerror or str(error)
    return f"{reason}: {os.fsdecode(file)!r}" if file else reason
