"""The site in memory, for looking at it while it is written: what changed is loaded, what is asked
for is rendered."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..build.cache import Cache
from ..build.options import Options, code_digest
from ..config import Config
from ..model.errors import ThemeError
from ..model.finding import Finding, ordered
from ..render import theme
from ..render.renderer import syntax_faults
from ..render.theme import Theme
from .answers import Answer, Renderer
from .background import Background
from .snapshot import Snapshot, SnapshotMaker, changed_findings, changed_urls, template_fault
from .store import FileStore

__all__ = ["Answer", "Change", "Session"]

_MANY = 64
"""Files that are not loaded at once but in the background."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one refresh did."""

    urls: frozenset[str] | None = frozenset()
    """Site paths such as `/drugs/x/` whose bytes may differ now; None for all of them."""
    styles: bool = False
    """Only assets changed."""
    findings_changed: bool = False
    came: tuple[Finding, ...] = ()
    """Findings in single files that were not there before."""
    went: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return self.urls is None or bool(self.urls) or self.findings_changed


class Session:
    """A preview build. `start` once, then `answer` from any thread, and `refresh` when files may
    have changed."""

    def __init__(
        self, options: Options, on_change: Callable[[Change], None] = lambda _: None
    ) -> None:
        """`on_change` is told, in a thread of its own, what loading in the background changed."""
        self.options = replace(options, keep_going=True)
        self._on_change = on_change
        self._records = Cache(options.cache / "records")
        self._code = code_digest()
        self._stock = FileStore(self.options, self._code, self._records)
        self._renderer = Renderer(self._record)
        self._maker = SnapshotMaker(self._stock, self._record)
        self._background = Background(self._stock, options.jobs, self._show_more)
        self._theme_error = ""
        self._closed = False
        self._across: tuple[Finding, ...] = ()
        self._inspected = 0
        self._snapshot: Snapshot
        self._told: Snapshot

    # what is shown

    def answer(self, path: str) -> Answer | None:
        """The bytes at an output path such as `drugs/x/index.html`; None where there is no such
        page. A file that is not loaded yet is loaded first."""
        shot = self._snapshot
        made = self._renderer.answer(shot, path)
        stale = bool(self._stock.waiting or self._stock.touched)
        loaded = stale and self._load_for(path, made.source if made else "")
        if loaded or (made is None and shot is not self._snapshot):
            made = self._renderer.answer(self._snapshot, path)
        return made

    @property
    def config(self) -> Config:
        """The settings of what is shown."""
        return self._snapshot.site.config

    def source_at(self, path: str) -> str:
        """The content file whose page is, or would be if it could be loaded, at an output path; ''
        for none."""
        found = self._snapshot.page(path)
        return found[1] if found else self._stock.guess(path)

    # what is wrong

    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong now. Takes a while after a change: it looks at all files
        together."""
        shot = self._snapshot
        shown, drawn = shot.findings, self._renderer.faults(shot.theme)
        more = [template_fault(one.file, one.line, str(one)) for one in drawn]
        more += [template_fault("", 1, self._theme_error)] if self._theme_error else []
        found = ordered((*shown, *more)) if more else shown
        self._across, self._inspected = shot.across, len(found)
        return found

    @property
    def inspected(self) -> tuple[int, tuple[Finding, ...]]:
        """How many findings there were when `findings` was last asked, and those between files."""
        return self._inspected, self._across

    def findings_of(self, source: str) -> tuple[Finding, ...]:
        """What is wrong with one file now, also while its last good page is shown; what it has with
        other files, as `findings` last saw it."""
        return self._snapshot.findings_of((source,), self._across)

    def broken(self, source: str) -> bool:
        """Whether a file as it is now can't be a page, so that its last good page, or none, is
        shown."""
        entry = self._snapshot.entries.get(source)
        return entry is not None and entry.blocks_page

    @property
    def theme_fault(self) -> str:
        """What keeps the theme, or some page, from being drawn as the files now say; '' for
        nothing."""
        drawn = map(str, self._renderer.faults(self._snapshot.theme))
        found = (
            f"{file}:{line}: {words}" for file, line, words in syntax_faults(self._snapshot.theme)
        )
        return self._theme_error or next(drawn, "") or next(found, "")

    @property
    def progress(self) -> tuple[int, int]:
        """Files that are loaded, and files there are."""
        there = len(self._stock.found.signatures)
        return there - len(self._stock.waiting), there

    # what happens

    def start(self) -> None:
        """Look at everything; returns as soon as the first page can be asked for, the rest is
        loaded in the background. Call it before other threads are started, since only then workers
        can be forked.

        Raises ThemeError, and OSError for a content folder that can't be read.
        """
        gc.disable()  # reading some million small objects, none of them garbage, took three times as long with it
        try:
            with self._stock.lock:
                self._stock.open()
                shown = theme.read(self.options.templates)
                self._load()
                self._snapshot = self._told = self._maker.next(shown, None)
        finally:
            gc.freeze()
            gc.enable()

    def refresh(self, paths: Iterable[Path] | None = None) -> Change:
        """Look again and show what changed. With `paths`, the files and folders that changed, only
        these are looked at. Faults are findings; raises OSError for a content folder that can't be
        read."""
        content, others = self._within(paths)
        with self._stock.lock:
            if content is None or "site.yaml" in content:
                self._stock.configure()
            if content is None or content:
                self._stock.look(content)
            shown = self._read_theme() if others else self._snapshot.theme
            self._load()
            return self._show(shown)

    def settle(self) -> None:
        """Wait until everything is loaded."""
        self._background.wait()

    def close(self) -> None:
        """End the background loading, and keep what is loaded for the next run."""
        self._closed = True
        self._background.stop()
        with self._stock.lock:
            self._stock.save()
            self._records.close()

    # inside

    def _load(self) -> None:
        """Load what waits, now if it is little. For who holds the lock."""
        if len(self._stock.waiting) <= _MANY:
            self._stock.load_waiting()
        else:
            self._background.start()

    def _show(self, shown: Theme) -> Change:
        """Swap in the present state; what that changes of what was told before. For who holds the
        lock."""
        if shown is not self._snapshot.theme:
            self._renderer.theme_changed(self._snapshot.theme)
        self._snapshot = self._maker.next(shown, self._snapshot)
        old, self._told = self._told, self._snapshot
        return Change() if old is self._snapshot else _change(old, self._snapshot)

    def _show_more(self) -> None:
        """What was loaded in the background."""
        with self._stock.lock:
            change = self._show(self._snapshot.theme)
        if change and not self._closed:
            self._on_change(change)

    def _load_for(self, path: str, source: str) -> bool:
        """Load the waiting files that an output path may show; whether there were any."""
        with self._stock.lock:
            wanted = (
                [source]
                if source in self._stock.waiting
                else []
                if source
                else self._stock.candidates(path)
            )
            for one in wanted:
                self._stock.load(one)
            if wanted or (not source and self._stock.is_unseen(path)):
                self._snapshot = self._maker.next(self._snapshot.theme, self._snapshot)
                return True
        return False

    def _record(self, record: str, source: str) -> bytes:
        found = self._records.get(record)
        if found is None:
            with self._stock.lock:
                found = self._stock.loader.record_bytes(record, source)
        return found

    def _read_theme(self) -> Theme:
        """The theme as it is; the one before where nothing changed or a file can't be read."""
        old = self._snapshot.theme
        try:
            new = theme.read(self.options.templates)
        except ThemeError as fault:
            self._theme_error = str(fault)
            return old
        self._theme_error = ""
        return old if new.digest == old.digest else new

    def _within(self, paths: Iterable[Path] | None) -> tuple[set[str] | None, bool]:
        """Which paths of the content folder are to be looked at (None: all), and whether the theme
        is."""
        if paths is None:
            return None, True
        named = {os.path.abspath(path) for path in paths}
        themes = {os.path.abspath(self.options.templates), str(theme.default_folder())}
        themed = any(
            _is_below(one, folder) or _is_below(folder, one) for one in named for folder in themes
        )
        content: set[str] = set()
        for root in {os.path.abspath(self.options.content), os.path.realpath(self.options.content)}:
            if any(_is_below(root, one) for one in named):
                return None, True
            content |= {
                Path(one).relative_to(root).as_posix() for one in named if _is_below(one, root)
            }
        return content, themed


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _change(old: Snapshot, new: Snapshot) -> Change:
    styles = old.theme.templates == new.theme.templates and old.theme.assets != new.theme.assets
    came, went = changed_findings(old, new)
    styles = styles and old.site.config is new.site.config
    return Change(changed_urls(old, new), styles, bool(came or went), came, went)
