"""A preview session: the site in memory while its files are edited. Changed files are loaded,
requested pages are rendered."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..build.cache import Cache
from ..build.options import Options, code_digest
from ..build.pagefind import PagefindError
from ..config import Config
from ..config.settings_file import is_settings_path
from ..model.errors import ThemeError
from ..model.finding import Finding, ordered
from ..render import theme
from ..render.renderer import syntax_errors
from ..render.theme import Theme
from ..site.entry import Entry
from ..site.full_text import is_text_path
from .answers import Answer, PageRenderer
from .background import Background
from .snapshot import Snapshot, SnapshotMaker, changed_findings, changed_urls, template_finding
from .store import FileStore
from .text_search import TextSearch

__all__ = ["Answer", "Change", "Session"]

MAX_FOREGROUND_FILES = 64
"""More pending files than this are loaded in the background."""


class Change(Struct, frozen=True):
    """The result of a refresh."""

    urls: frozenset[str] | None = frozenset()
    """Site paths, such as `/drugs/x/`, of the pages whose bytes may have changed; None for all."""
    findings_changed: bool = False
    new_findings: tuple[Finding, ...] = ()
    """New findings in single files, in the settings and in templates."""
    resolved_findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return self.urls is None or bool(self.urls) or self.findings_changed


class Inspection(Struct, frozen=True):
    """The result of looking for all findings."""

    total: int | None = None
    """The number of findings; None before the first time."""
    across: tuple[Finding, ...] = ()
    """Those about several files together, before the policy."""


class Session:
    """Serves the pages of a site from memory. Call `start` until it raises nothing, then `answer` from
    any thread, and `refresh` when files may have changed."""

    def __init__(
        self, options: Options, on_change: Callable[[Change], None] = lambda _: None
    ) -> None:
        """`on_change` is called, in a thread of its own, with the changes that loading in the
        background makes."""
        self.options = replace(options, keep_going=True)
        self._on_change = on_change
        self._records = Cache(options.cache / "records")
        self._store = FileStore(self.options, code_digest(), self._records)
        self._renderer = PageRenderer(self._read_record, self._store.pictures.content_of)
        self._text_search = TextSearch(self._read_record)
        self._maker = SnapshotMaker(self._store, self._read_record)
        self._background = Background(self._store, options.jobs, self._show_loaded)
        self._theme_error = ""
        self._closed = False
        self._held: dict[str, Snapshot] = {}
        self._moved: dict[str, str] = {}  # output folder: content file of the page that was there
        self._last_inspection = Inspection()
        self._snapshot: Snapshot
        self._announced: Snapshot  # the one that the last `Change` led to

    # pages

    def answer(self, path: str) -> Answer | None:
        """The page at an output path such as `drugs/x/index.html`; None where there is none. If its
        file is still pending, it is loaded first."""
        snapshot = self._snapshot
        if is_text_path(snapshot.site, path):
            return self._text_file(snapshot, path)
        answer = self._renderer.answer(snapshot, path)
        is_stale = bool(self._store.pending or self._store.changed)
        loaded = is_stale and self._load_for(path, answer.source if answer else "")
        if loaded or (answer is None and snapshot is not self._snapshot):
            answer = self._renderer.answer(self._snapshot, path)
        return answer

    def _text_file(self, snapshot: Snapshot, path: str) -> Answer | None:
        try:
            content = self._text_search.file(snapshot, path)
        except PagefindError as error:
            return Answer(b"", path, error=str(error))
        return None if content is None else Answer(content, path)

    def held_answer(self, path: str) -> Answer | None:
        """The page at an output path as it was before another file asked for its address; None where
        its file is gone or has the address."""
        snapshot = self._held.get(path.removesuffix("index.html").removesuffix("index.json"))
        return self._renderer.answer(snapshot, path) if snapshot else None

    def moved_to(self, path: str) -> tuple[str, str]:
        """The site path and the content file of the page that was at an output path before its file
        was renamed, or its slug changed; '' and '' for none."""
        source = self._moved.get(path.removesuffix("index.html").removesuffix("index.json"), "")
        entry = self._store.last_good.get(source)
        return (entry.url, source) if entry else ("", "")

    @property
    def config(self) -> Config:
        """The settings of the pages shown."""
        return self._snapshot.site.config

    def source_at(self, path: str) -> str:
        """The content file of the page at an output path, or the file that would have its page
        there once it can be loaded; '' for none."""
        result = self._snapshot.page(path)
        return result[1] if result else self._store.guess_source(path)

    def entry(self, source: str) -> Entry | None:
        """The entry of a content file as the file is now, even while its last good page is shown;
        None where the file is not loaded."""
        return self._snapshot.entries.get(source)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every loaded file as it is now, by content path."""
        return self._snapshot.entries

    def place_of(self, source: str) -> tuple[str, int]:
        """The file and line of a content path: those of the entry where it is one of a data file."""
        with self._store.lock:
            item = self._store.data.items.get(source)
        return (self.config.file_of(source), item.line) if item else (source, 1)

    def section_lines(self, source: str) -> Mapping[str, int]:
        """The line of each section and question of a content file, by its anchor on the page; empty
        for a file that cannot be read."""
        entry = self.entry(source)
        return self._store.section_lines(source, entry.source_digest) if entry else {}

    # findings

    def findings(self) -> tuple[Finding, ...]:
        """All findings. Slow after a change: it compares all files with each other."""
        snapshot = self._snapshot
        findings, across = snapshot.findings, snapshot.across
        places = {(finding.path, finding.span.line) for finding in snapshot.template_findings}
        errors = []
        for error in self._renderer.errors(snapshot.theme):
            if (error.file, error.line) not in places:  # one fault shows on many pages
                places.add((error.file, error.line))
                errors.append(template_finding(snapshot.theme, error.file, error.line, str(error)))
        if self._theme_error:
            errors.append(template_finding(snapshot.theme, "", 1, self._theme_error))
        if errors:
            findings = ordered((*findings, *errors))
        with self._store.lock:
            if snapshot is self._snapshot:
                self._last_inspection = Inspection(len(findings), across)
        return findings

    @property
    def last_inspection(self) -> Inspection:
        """The result of the last call of `findings`; its total with the changes since then, except
        those of findings about several files together."""
        return self._last_inspection

    def findings_of(self, source: str) -> tuple[Finding, ...]:
        """The findings in one file as it is now; those about several files together as of the last
        call of `findings`."""
        return self._snapshot.findings_of((source,), self._last_inspection.across)

    @property
    def theme_error(self) -> str:
        """The first error in the theme, or in rendering a requested page; '' for none."""
        snapshot = self._snapshot
        rendering = map(str, self._renderer.errors(snapshot.theme))
        syntax = (
            f"{file}:{line}: {message}" for file, line, message in syntax_errors(snapshot.theme)
        )
        return self._theme_error or next(rendering, "") or next(syntax, "")

    @property
    def progress(self) -> tuple[int, int]:
        """The number of files that are loaded, and of all files."""
        total = len(self._store.scan.signatures)
        return total - len(self._store.pending), total

    # running

    def start(self) -> None:
        """Scan the content folder. Returns as soon as pages can be requested; other files are
        loaded in the background. Call it before any other thread starts, since workers can only be
        forked then.

        Raises ThemeError, and OSError for a content folder that cannot be read.
        """
        gc.disable()  # it would triple the time to read millions of small objects, all in use
        try:
            with self._store.lock:
                self._store.open()
                present = theme.read_theme(self.options.templates)
                self._load()
                self._snapshot = self._announced = self._maker.next(present, None)
        finally:
            gc.freeze()
            gc.enable()

    def refresh(self, paths: Iterable[Path] | None = None) -> Change:
        """Look for changed files, in `paths` (files and folders) only where they are given, and
        show the result. Faults in files are findings. Raises OSError for a content folder that
        cannot be read."""
        content, includes_theme = self._split(paths)
        with self._store.lock:
            if content is None or content:
                self._store.rescan(content)
            fragments = self._store.config.fragments
            if content is None or any(is_settings_path(p) or p in fragments for p in content):
                self._store.configure()
            present = self._read_theme() if includes_theme else self._snapshot.theme
            self._load()
            return self._show(present)

    def wait_until_loaded(self) -> None:
        """Wait until no file is loaded in the background any more."""
        self._background.wait()

    def close(self) -> None:
        """Stop loading in the background, and save what is loaded for the next run."""
        self._closed = True
        self._background.stop()
        with self._store.lock:
            self._store.save()
            self._records.close()
            self._store.pictures.close()

    # internal

    def _load(self) -> None:
        """Load the pending files: now if they are few. The caller holds the store's lock."""
        if len(self._store.pending) <= MAX_FOREGROUND_FILES:
            self._store.load_pending()
        else:
            self._background.start()

    def _show(self, present: Theme) -> Change:
        """Show the present state with a theme; the change since the last one announced. The caller
        holds the store's lock."""
        if present is not self._snapshot.theme:
            self._renderer.theme_changed(self._snapshot.theme)
        before = self._snapshot
        self._snapshot = self._maker.next(present, before)
        if self._snapshot.positions is not before.positions:
            self._remember_lost_pages(before)
        previous, self._announced = self._announced, self._snapshot
        if previous is self._snapshot:
            return Change()
        change, total = _change(previous, self._snapshot), self._last_inspection.total
        if total is not None:
            total += len(change.new_findings) - len(change.resolved_findings)
            self._last_inspection = replace(self._last_inspection, total=total)
        return change

    def _remember_lost_pages(self, before: Snapshot) -> None:
        """Keep what was at addresses that have no page any more: the page itself where another file
        wants its address, else where its file has gone. The caller holds the store's lock."""
        now = self._snapshot
        added = [entry for entry in now.site.entries if entry.url not in before.positions]
        for url in now.positions:
            self._held.pop(url[1:], None)
            self._moved.pop(url[1:], None)
        for url in before.positions.keys() - now.positions.keys():
            entry = before.site.entries[before.positions[url]]
            present = self._store.last_good.get(entry.path)
            if present is not None and present.url == url:
                self._held[url[1:]] = before
            else:
                new = next((other for other in added if _is_same_page(entry, other)), None)
                if new is not None:
                    self._moved[url[1:]] = new.path

    def _show_loaded(self) -> None:
        """Show what has been loaded in the background."""
        with self._store.lock:
            change = self._show(self._snapshot.theme)
        if change and not self._closed:
            self._on_change(change)

    def _load_for(self, path: str, source: str) -> bool:
        """Load the pending files that may have their page at an output path, which now shows
        `source` ('' for none). Whether there is anything new to show."""
        with self._store.lock:
            sources = (
                ([source] if source in self._store.pending else [])
                if source
                else self._store.candidates(path)
            )
            for candidate in sources:
                self._store.load(candidate)
            if sources or (not source and self._store.has_unshown(path)):
                self._snapshot = self._maker.next(self._snapshot.theme, self._snapshot)
                return True
        return False

    def _read_record(self, digest: str, source: str) -> bytes:
        record = self._records.get(digest)
        if record is None:
            with self._store.lock:
                record = self._store.loader.record_bytes(digest, source)
        return record

    def _read_theme(self) -> Theme:
        """The theme on disk; the present one where it has not changed or can't be read."""
        present = self._snapshot.theme
        try:
            new = theme.read_theme(self.options.templates)
        except ThemeError as error:
            self._theme_error = str(error)
            return present
        self._theme_error = ""
        return present if new.digest == present.digest else new

    def _split(self, paths: Iterable[Path] | None) -> tuple[set[str] | None, bool]:
        """Changed paths as paths in the content folder (None where all of it may have changed), and
        whether any is of the theme."""
        if paths is None:
            return None, True
        changed = {os.path.abspath(path) for path in paths}
        themes = {os.path.abspath(self.options.templates), str(theme.default_folder())}
        includes_theme = any(
            _is_within(path, folder) or _is_within(folder, path)
            for path in changed
            for folder in themes
        )
        content: set[str] = set()
        for root in {os.path.abspath(self.options.content), os.path.realpath(self.options.content)}:
            if any(_is_within(root, path) for path in changed):
                return None, True
            inside = (Path(path) for path in changed if _is_within(path, root))
            content |= {path.relative_to(root).as_posix() for path in inside}
        return content, includes_theme


def _is_same_page(old: Entry, new: Entry) -> bool:
    """Whether an entry has the file of another one under a new name, or its text."""
    return old.path == new.path or (
        old.source_digest == new.source_digest or (old.kind, old.title) == (new.kind, new.title)
    )


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _change(old: Snapshot, new: Snapshot) -> Change:
    added, resolved = changed_findings(old, new)
    return Change(changed_urls(old, new), bool(added or resolved), added, resolved)
