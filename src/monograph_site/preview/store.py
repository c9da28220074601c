"""The content files as entries, kept up to date: what is loaded, what still waits, and the last
good of each file."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ..build import scan
from ..build.cache import Cache
from ..build.entries import Loader, LoadJob, keep_entries, known_entries, load_file
from ..build.options import Options
from ..build.scan import Index, Scan
from ..build.state import kept_config
from ..config import Config, Settings, read_settings
from ..config.addresses import slug_of
from ..model.files import Signature
from ..model.finding import Finding, Severity
from ..site.site import Entry

_TRIES = 10
_HEAD = 4096
"""Bytes of a file in which its address is looked for before it is loaded."""


class FileStore:
    """All content files of a site, for whoever holds `lock`."""

    def __init__(self, options: Options, code: str, records: Cache) -> None:
        self.options, self.code, self.records = options, code, records
        self.lock = threading.RLock()
        self.settings = Settings()
        """site.yaml as it was read last."""
        self.loader = Loader(options.content, Config(), records, {})
        self.config_faults: tuple[Finding, ...] = ()
        self.found = Scan(0, {}, {}, ())
        self.entries: dict[str, Entry] = {}
        """Each loaded file as it is now, by path."""
        self.good: dict[str, Entry] = {}
        """The last entry of each file that could be a page: what is shown."""
        self.waiting: dict[str, Signature] = {}
        """Files to load, as they were when they were looked at; what is shown of them meanwhile is
        in `good`."""
        self.touched: set[str] = set()
        """Paths whose `good` changed; for who makes use of it to clear."""
        self.version = 0
        """Goes up with every change of what is known."""
        self._index: dict[str, tuple[Signature, str]] = {}
        self._named: dict[str, str] | None = None
        self._searched: set[str] = set()
        self._is_configured = False
        self._saved = 0

    @property
    def config(self) -> Config:
        """The settings in force: the last ones without an error."""
        return self.loader.config

    def open(self) -> None:
        """Look at everything, and take what an earlier run kept. Raises OSError."""
        self.configure()
        cache = self.options.cache
        index = scan.load_index(cache / "index")
        self._index = index.files
        self.found = scan.scan(self.options.content, index, self._aside)
        self.loader.known = known_entries(cache, self.code, self.config)
        for path, now in self.found.signatures.items():
            entry = self.loader.unchanged(path, self.found.digests.get(path, ""))
            if entry is not None:
                self._put(entry)
            else:
                self.waiting[path] = now
        self._saved = self.version

    def configure(self) -> None:
        """Read site.yaml if it changed. Where it is faulty, the last good settings stay."""
        settings = read_settings(self.options.content)
        first = not self._is_configured
        if settings == self.settings and not first:
            return
        config, faults = kept_config(settings, self.options, self.code)
        self.settings, self.config_faults, self._is_configured = settings, faults, True
        self.version += 1
        if first or not any(one.severity is Severity.ERROR for one in faults):
            old, self.loader.config = self.loader.config, config
            if not first and old.reading_digest != config.reading_digest:
                self._forget()

    def look(self, paths: Iterable[str] | None) -> None:
        """See what changed, all over or at these paths relative to the content folder; it waits to
        be loaded."""
        self.found = self._scan(paths)
        self._named = None
        self._searched.clear()
        now, same = self.found.signatures, self.found.digests
        self.waiting = {path: now[path] for path in sorted(now.keys() - same.keys())}
        for path in (self.entries.keys() | self.good.keys()) - now.keys():
            self.entries.pop(path, None)
            self._index.pop(path, None)
            if self.good.pop(path, None) is not None:
                self.touched.add(path)
            self.version += 1

    def load_waiting(self) -> None:
        """Load all that waits, in this process."""
        for path in list(self.waiting):
            self.load(path)

    def load(self, path: str) -> None:
        """Load a waiting file now."""
        now = self.waiting.get(path)
        raw = self._read(path) if now else None
        if now and raw:
            self.take(raw, now, *load_file(raw))

    def work(self, sent: deque[tuple[LoadJob, Signature]]) -> Iterator[LoadJob]:
        """What waits, as work for `load_file` elsewhere; each is put into `sent`. Takes the lock by
        itself."""
        for path in list(self.waiting):
            with self.lock:
                now = self.waiting.get(path)
                raw = self._read(path) if now else None
            if now and raw:
                sent.append((raw, now))
                yield raw

    def take(self, raw: LoadJob, at: Signature, entry: Entry, record: bytes) -> None:
        """A loaded file, unless it or the settings changed since it was read."""
        if self.waiting.get(raw.path) != at or raw.config is not self.config:
            return
        self.loader.accept(entry, record)
        self._loaded(entry)

    def save(self) -> None:
        """Keep what is known for the next run."""
        if self.version != self._saved:
            keep_entries(self.options.cache, self.code, self.config, self.entries)
            sure = {
                path: self._index[path] for path in self.found.digests
            }  # another may be racy: see `signature`
            scan.save_index(self.options.cache / "index", Index(self.found.taken, sure))
            self._saved = self.version

    def guess(self, path: str) -> str:
        """The file whose page stands at an output path unless the file itself asks for another; ''
        for none."""
        return self._guesses().get(_page_url(path), "")

    def is_unseen(self, path: str) -> bool:
        """Whether a file that was loaded, and is not shown yet, has its page at an output path."""
        url = _page_url(path)
        return any(self.good[one].url == url for one in self.touched if one in self.good)

    def candidates(self, path: str) -> list[str]:
        """The waiting files that may make what is at an output path: by their names, else by a look
        at their heads for the last part of the address."""
        url = _page_url(path)
        guess = self.guess(path)
        last = url.strip("/").rpartition("/")[2].encode()
        if guess in self.waiting or not url.endswith("/") or not last or url in self._searched:
            return [guess] if guess in self.waiting else []
        self._searched.add(url)
        return [one for one in self.waiting if last in _head(self.options.content / one)]

    def _guesses(self) -> dict[str, str]:
        """The files by the addresses that their names give."""
        known = self._named
        if known is None:
            known = {}
            for path in self.found.signatures:
                with suppress(ValueError):
                    known.setdefault(self.config.url_for(path, slug_of(path)), path)
            self._named = known
        return known

    def _scan(self, paths: Iterable[str] | None) -> Scan:
        """The content folder as it is now. While git takes away hundreds of files, some are listed
        and then gone."""
        content, index = self.options.content, Index(self.found.taken, self._index)
        left = _TRIES
        while True:
            try:
                if paths is None:
                    return scan.scan(content, index, self._aside)
                return scan.scan_again(content, self.found, index, paths, self._aside)
            except FileNotFoundError:
                left -= 1
                if not left:
                    raise
                time.sleep(0.02)

    @property
    def _aside(self) -> tuple[Path, Path]:
        return self.options.output, self.options.cache

    def _read(self, path: str) -> LoadJob | None:
        """The bytes of a waiting file; None where there is nothing to load, and what there is to
        know is known."""
        found = self.loader.read(path)
        if isinstance(found, LoadJob):
            return found
        self._loaded(found)
        return None

    def _loaded(self, entry: Entry) -> None:
        self._index[entry.path] = self.waiting.pop(entry.path), entry.source_digest
        self.found.digests[entry.path] = entry.source_digest
        self.version += 1
        self._put(entry)

    def _put(self, entry: Entry) -> None:
        path = entry.path
        self.entries[path] = entry
        if not entry.blocks_page and self.good.get(path) != entry:
            self.good[path] = entry
            self.touched.add(path)

    def _forget(self) -> None:
        """With other settings everything has to be loaded again; of a file that can't be, the last
        good stays."""
        self.touched |= self.good.keys()
        self.good = {
            path: one
            for path, one in self.good.items()
            if path in self.entries and self.entries[path].blocks_page
        }
        self.entries.clear()
        self.loader.known.clear()
        self._named = None
        self.found.digests.clear()
        self._index.clear()
        self.waiting = dict(self.found.signatures)


def _page_url(path: str) -> str:
    return "/" + path.removesuffix("index.html").removesuffix("index.json")


def _head(path: Path) -> bytes:
    """The beginning of a file, where its front matter is."""
    try:
        with open(path, "rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
