"""What a language server knows of the rest of a site: a preview session, opened in the
background."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path

from ..build.options import Options
from ..build.plan import MANUAL_ID
from ..config import Config, load_config, read_settings
from ..model.errors import MonographError
from ..model.finding import Finding
from ..preview.session import Session
from ..site.addresses import absolute
from ..site.entry import Entry
from ..site.internal_links import PageNames


class SiteIndex:
    """The pages and findings of the saved files of a content folder. Until they are read, there are
    none; the settings are known at once."""

    def __init__(self, content: Path, cache: Path, on_change: Callable[[], None]) -> None:
        """`on_change` is called, in another thread, when the saved files are read, and again after
        each refresh."""
        self.content = content
        self._on_change = on_change
        self._first_config, _ = load_config(read_settings(content))
        options = Options(
            date.today().isoformat(), content, content.parent / "templates", cache=cache
        )
        self._session = Session(options, lambda _: None)
        self._is_open = self._is_closed = self._is_queued = False
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="site")
        self._worker.submit(_logged, self._open)

    @property
    def config(self) -> Config:
        """The settings of the site."""
        return self._session.config if self._is_open else self._first_config

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The saved files, by content path."""
        return self._session.entries if self._is_open else {}

    @property
    def manual_url(self) -> str:
        """The address of the page with all manuals; '' where the site publishes none."""
        is_manual = (
            absolute(self.config, entry.url)
            for entry in self.entries.values()
            if entry.id == MANUAL_ID and entry.kind == "page"
        )
        return next(is_manual, "")

    def findings_of(self, path: str) -> tuple[Finding, ...]:
        """The findings on a saved file."""
        return self._session.findings_of(path) if self._is_open else ()

    def names_in_file(self, path: str) -> set[str]:
        """The names of the findings that the text of a saved file had by itself."""
        entry = self.entries.get(path)
        return {finding.name for finding in entry.findings} if entry else set()

    def place_of(self, path: str) -> tuple[str, int]:
        """The file and line of a content path, which may be that of an entry of a data file."""
        return self._session.place_of(path) if self._is_open else (path, 1)

    def lines_of(self, path: str) -> Mapping[str, int]:
        """The line of each section and question of a saved file, by anchor."""
        return self._session.section_lines(path) if self._is_open else {}

    def entry_at(self, url: str) -> Entry | None:
        """The file of the page at a site path."""
        wanted = url.rstrip("/")
        pages = (entry for entry in self.entries.values() if entry.url.rstrip("/") == wanted)
        return next(pages, None) if wanted else None

    def entry_named(self, name: str) -> Entry | None:
        """The file that a wikilink calls by a name."""
        return PageNames(self.entries.values()).find(name)

    def refresh(self) -> None:
        """Read the files that were saved since, in the background."""
        if not (self._is_queued or self._is_closed):
            self._is_queued = True
            self._worker.submit(_logged, self._refresh)

    def close(self) -> None:
        """Keep what was read for the next run."""
        if not self._is_closed:
            self._is_closed = True
            self._session.close()
            self._worker.shutdown(cancel_futures=True)

    def _open(self) -> None:
        try:
            self._session.start()
        except (OSError, MonographError) as problem:  # `_refresh` tries again
            logging.getLogger(__name__).warning("the site cannot be read yet: %s", problem)
            return
        self._is_open = True
        self._on_change()
        self._look_for_findings()

    def _refresh(self) -> None:
        self._is_queued = False
        if not self._is_open:
            self._open()
            return
        with suppress(OSError):
            self._session.refresh()
        self._look_for_findings()

    def _look_for_findings(self) -> None:
        self._session.wait_until_loaded()
        if not self._is_closed:
            self._session.findings()
            self._on_change()


def _logged(work: Callable[[], None]) -> None:
    """Do work in another thread; an error in it goes to the log of the editor."""
    try:
        work()
    except Exception:
        logging.getLogger(__name__).exception("the site could not be read")
