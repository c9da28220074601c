"""What keeps a command from its work although no content is at fault."""

from __future__ import annotations

from collections.abc import Sequence


class UsageProblem(Exception):
    """What was asked for can't be done as it was asked; the message says why and what to do. Exit
    status 2."""


class OutputError(Exception):
    """The output folder can't be used as it is; the message says what to do."""


class ThemeError(Exception):
    """A file of the theme can't be read."""


class WorkerCrashed(RuntimeError):
    """A worker process died (killed, out of memory, a crash in native code)."""

    def __init__(self, items: Sequence[object]) -> None:
        names = ", ".join(
            str(getattr(item, "path", None) or getattr(item, "url", None) or "?")
            for item in items[:3]
        )
        more = f" and {len(items) - 3} more" if len(items) > 3 else ""
        super().__init__(
            f"a worker process died, at or before the work on {names}{more}; it may have run out of memory. "
            "Run again with --jobs 1 to see which item it is."
        )
        self.items = tuple(items)


class RenderError(Exception):
    """A template is at fault: the message names its file and line, and the page."""

    def __init__(self, message: str, file: str = "", line: int = 1) -> None:
        super().__init__(message)
        self.file, self.line = file, line
