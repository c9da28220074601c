"""The site in memory, for looking at it while it is written: pages are rendered when they are asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from . import inputs
from .cache import Cache
from .diagnostics import Diagnostic
from .inputs import Inputs, Options
from .loading import record_of
from .plan import Made, Planned, plan
from .render import Job, render
from .summary import Clock


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gets: exactly the bytes a build would publish."""

    content: bytes
    path: str
    """Output path, such as `drugs/x/index.html`."""
    source: str = ""
    """Content file of the page; '' for lists and the like."""
    faults: tuple[Diagnostic, ...] = ()
    """Why these are the last good bytes and not what the theme says now: faults of templates."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one refresh did."""

    urls: frozenset[str] | None = frozenset()
    """Site paths such as `/drugs/x/` whose bytes may differ now; None for all of them."""
    styles: bool = False
    """Only assets changed."""
    diagnostics_changed: bool = False

    def __bool__(self) -> bool:
        return self.urls is None or bool(self.urls) or self.styles or self.diagnostics_changed


@dataclass(frozen=True, slots=True)
class _Snapshot:
    now: Inputs
    made: Made
    pages: dict[str, Planned]
    sources: dict[str, str]


class Live:
    """A preview build. `start` once, then `answer` from any thread and `refresh` when files changed."""

    def __init__(self, options: Options, on_change: Callable[[Change], None] | None = None) -> None:
        """`on_change` is told, in a thread of its own, what loading in the background changed."""
        self.options = replace(options, keep_going=True)
        self.on_change = on_change
        self._lock = threading.RLock()
        self._records = Cache(options.cache / "records")

    def start(self) -> None:
        """Look at everything; returns as soon as the first page can be asked for."""
        self._snapshot = self._take()

    def answer(self, path: str) -> Answer | None:
        """The bytes at an output path such as `drugs/x/index.html`; None where there is no such page."""
        shot = self._snapshot
        planned = shot.pages.get(path)
        if planned is None:
            return None
        record, source = planned.page.record, ""
        data = b""
        if record:
            source = shot.sources[record]
            data = record_of(record, source, self.options.content, shot.made.config, self._records)
        made = render(Job((planned.page,), data), shot.now.theme, shot.made.config)[0]
        return Answer(made.content, path, source)

    def refresh(self, paths: Iterable[Path] | None = None) -> Change:
        """Look again and swap in what changed. With `paths` only these are looked at."""
        with self._lock:
            old, new = self._snapshot, self._take()
            self._snapshot = new
            return Change(None, False, old.made.diagnostics != new.made.diagnostics)

    def findings(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong now."""
        return self._snapshot.made.diagnostics

    def findings_of(self, source: str) -> tuple[Diagnostic, ...]:
        """What is wrong with one file now, also while its last good page is shown."""
        return tuple(one for one in self.findings() if one.path == source)

    def source_of(self, path: str) -> str:
        """The content file that makes the page at an output path, or would if it could be loaded; '' for none."""
        answer = self._snapshot.pages.get(path)
        return self._snapshot.sources.get(answer.page.record, "") if answer else ""

    def broken(self, source: str) -> bool:
        """Whether a file as it is now can't be a page, so that its last good page, or none, is shown."""
        return any(one.path == source and one.withheld for one in self._snapshot.made.entries)

    @property
    def progress(self) -> tuple[int, int]:
        """Files that are loaded, and files there are."""
        count = len(self._snapshot.made.entries)
        return count, count

    def close(self) -> None:
        """Give everything back."""
        self._records.close()

    def _take(self) -> _Snapshot:
        now = inputs.take(self.options)
        made = plan(self.options, now, self._records, Clock())
        sources = {entry.record_digest: entry.path for entry in made.entries if entry.record_digest}
        return _Snapshot(now, made, {one.path: one for one in made.pages}, sources)
