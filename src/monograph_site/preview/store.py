"""The content files of a preview as entries: which are loaded, which are pending, and the last good
entry of each."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ..build import scan
from ..build.attachments import AttachmentReader
from ..build.cache import Cache, make_cache_folder
from ..build.data_files import DataFiles
from ..build.entries import (
    Loader,
    LoadJob,
    load_saved_entries,
    make_entry,
    save_entries,
)
from ..build.options import Options, excluded_paths
from ..build.scan import Index, Scan
from ..build.smaller_pictures import SmallerPictures
from ..build.state import cached_config
from ..config import Config, Settings, read_settings
from ..config.addresses import slug_of
from ..model.attachment import Attachment
from ..model.files import Signature, is_racy
from ..model.finding import Finding, Severity
from ..model.monograph import Loaded
from ..site.entry import Entry

MAX_SCANS = 10
"""Attempts to scan a content folder in which files vanish."""
SCAN_DELAY = 0.02
"""Seconds between two attempts."""
HEAD_BYTES = 4096
"""Bytes at the start of a file in which its address is looked for before it is loaded."""
MAX_LINE_TABLES = 256
"""Files whose section lines are kept."""


class FileStore:
    """All content files of a site. Whoever uses it holds `lock`."""

    def __init__(self, options: Options, code: str, records: Cache) -> None:
        """`code` is the digest of this program."""
        self.options, self.code = options, code
        self.lock = threading.RLock()
        self.settings = Settings()
        """site.yaml as last read."""
        self.loader = Loader(options.content, Config(), records, {})
        self.data = self._data_files()
        """The data files that site.yaml names."""
        self.config_findings: tuple[Finding, ...] = ()
        self.scan = Scan(0, {}, {}, ())
        """The last scan of the content folder."""
        self.entries: dict[str, Entry] = {}
        """Each loaded file as it is now, by path."""
        self.last_good: dict[str, Entry] = {}
        """The last entry of each file with which it could be a page, by path: this is shown."""
        self.pending: dict[str, Signature] = {}
        """Files to load, with their signatures when they were scanned. Until they are loaded, their
        `last_good` entry is shown."""
        self.changed: set[str] = set()
        """Paths whose `last_good` entry has changed; whoever shows the changes clears it."""
        self.version = 0
        """Rises with every change of the entries or the settings."""
        self.pictures = SmallerPictures(options.content, options.cache)
        self._attachments = AttachmentReader(options.content, {})
        self._index: dict[str, tuple[Signature, str]] = {}
        self._guesses: dict[str, str] | None = None
        self._searched: set[str] = set()
        self._line_tables: OrderedDict[str, tuple[str, Mapping[str, int]]] = OrderedDict()
        self._is_configured = False
        self._saved_version = 0

    @property
    def config(self) -> Config:
        """The settings in use: the last ones without an error."""
        return self.loader.config

    def open(self) -> None:
        """Scan the content folder and take what an earlier run saved. Raises OSError."""
        cache = self.options.cache
        make_cache_folder(cache, self.options.content)
        self.configure()
        index = scan.load_index(cache / "index")
        self._index = index.files
        self._attachments.known.update(
            (path, value)
            for path, value in index.attachments.items()
            if not is_racy(value[0], index.taken)
        )
        self.scan = self._scan_once(self.options.content, index, None)
        self.loader.known = load_saved_entries(cache, self.code, self.config)
        self._read_data()
        for path, signature in self.scan.signatures.items():
            entry = self.loader.unchanged(path, self.scan.digests.get(path, ""))
            if entry is not None:
                self._add(entry)
            else:
                self.pending[path] = signature
        self._saved_version = self.version

    def configure(self) -> None:
        """Read site.yaml if it has changed. While it has errors, the previous settings stay in
        use."""
        settings = read_settings(self.options.content)
        is_first = not self._is_configured
        if settings == self.settings and not is_first:
            return
        config, findings = cached_config(settings, self.options, self.code)
        self.settings, self.config_findings, self._is_configured = settings, findings, True
        self.version += 1
        if is_first or not any(finding.severity is Severity.ERROR for finding in findings):
            previous, self.loader.config = self.loader.config, config
            if not is_first and previous.reading_digest != config.reading_digest:
                self._discard_entries()
            if not is_first and (previous.exclude, previous.static) != (
                config.exclude,
                config.static,
            ):
                self.rescan(None)

    def rescan(self, paths: Iterable[str] | None) -> None:
        """Find files that changed, at these paths relative to the content folder, or anywhere where
        None are given. Changed files become pending."""
        previous, self.scan = self.scan, self._scan(paths)
        self._read_data()
        if self.scan.attachments != previous.attachments:
            self.version += 1
        self._guesses = None
        self._searched.clear()
        signatures, digests = self.scan.signatures, self.scan.digests
        self.pending = {path: signatures[path] for path in sorted(signatures.keys() - digests)}
        for path in (self.entries.keys() | self.last_good.keys()) - signatures.keys():
            self.entries.pop(path, None)
            self._index.pop(path, None)
            if self.last_good.pop(path, None) is not None:
                self.changed.add(path)
            self.version += 1

    def _data_files(self) -> DataFiles:
        """The data files that the present settings name, not read yet."""
        cache = self.options.cache / "data"
        return DataFiles(self.options.content, self.config, cache, self.code)

    def _read_data(self) -> None:
        """Put the entries of data files among the content files. Entries that have only moved in
        their file are placed again."""
        before, collections = self.data, self.config.data_collections
        if not collections and not before.items:
            return
        for path in before.items:
            self.scan.signatures.pop(path, None)
            self.scan.digests.pop(path, None)
        paths = [collection.data for collection in collections.values()]
        is_same = before.config is self.config and all(
            path in self.scan.digests and before.digests.get(path) == self.scan.digests[path]
            for path in paths
        )
        if is_same:
            self.scan = before.added_to(self.scan)
        else:
            self.loader.data = self.data = self._data_files()
            self.scan = self.data.read(self.scan, self.settings.source, before.items)
        self._index |= {
            path: (self.scan.data[path], digest) for path, digest in self.data.digests.items()
        }
        if self.data.findings != before.findings:
            self.version += 1
        for path, item in self.data.items.items():
            known = self.loader.unchanged(path, item.digest)
            if known is None:
                del self.scan.digests[path]
            elif path not in self.entries or before.items.get(path) != item:
                self.version += 1
                self._add(known)

    def files(self) -> dict[str, Attachment]:
        """The attachment of each reference of the entries that are shown, with the smaller pictures
        that a build has made."""
        files = self._attachments.resolve(
            self.last_good.values(), self.scan.attachments, self.config.static
        )
        return self.pictures.add_known(files)

    def load_pending(self) -> None:
        """Load all pending files, in this process."""
        for path in list(self.pending):
            self.load(path)

    def load(self, path: str) -> None:
        """Load a file now, if it is pending."""
        signature = self.pending.get(path)
        job = self._read(path) if signature else None
        if signature and job:
            loaded = self._load(job)
            self.accept(job, signature, *make_entry(loaded, job.digest, job.config))

    def jobs(self, sent: deque[tuple[LoadJob, Signature]]) -> Iterator[LoadJob]:
        """The pending files as jobs for `load_file` in other processes; each is appended to `sent`.
        Acquires the lock itself."""
        for path in list(self.pending):
            with self.lock:
                signature = self.pending.get(path)
                job = self._read(path) if signature else None
            if signature and job:
                sent.append((job, signature))
                yield job

    def accept(self, job: LoadJob, signature: Signature, entry: Entry, record: bytes) -> None:
        """Add a loaded file, unless it or the settings have changed since it was read."""
        if self.pending.get(job.path) != signature or job.config is not self.config:
            return
        self.loader.accept(entry, record)
        self._add_loaded(entry)

    def section_lines(self, path: str, digest: str) -> Mapping[str, int]:
        """The line of each section and question of a file whose bytes have this digest, by its
        anchor; empty where the file cannot be read. Acquires the lock itself.

        A file is read and parsed for it only where it was not loaded in this process: a file from
        the cache, or from another process, once for each of its versions.
        """
        with self.lock:
            kept_digest, lines = self._line_tables.get(path, ("", {}))
            item = self.data.items.get(path)
        if kept_digest != digest:
            try:
                lines = self._load(self.loader.job(path)).lines
            except OSError:
                return {}
        return {anchor: line + item.line - 1 for anchor, line in lines.items()} if item else lines

    def save(self) -> None:
        """Save the entries for the next run."""
        if self.version != self._saved_version:
            known, items = self.loader.known, self.data.items
            saved = {
                path: known[path] if path in items else entry
                for path, entry in self.entries.items()
            }
            save_entries(self.options.cache, self.code, self.config, saved)
            certain = {
                path: self._index[path]  # see `files.is_racy`
                for path in self.scan.digests
                if path not in items
            }
            used = self._attachments.index(self.files().values())
            index = Index(self.scan.taken, certain, used)
            scan.save_index(self.options.cache / "index", index)
            self._saved_version = self.version

    def guess_source(self, path: str) -> str:
        """The file whose page is at an output path unless its front matter states another address;
        '' for none."""
        if self._guesses is None:
            guesses: dict[str, str] = {}
            for source in self.scan.signatures:
                with suppress(ValueError):
                    guesses.setdefault(
                        self.config.url_for(source, slug_of(source, self.config)), source
                    )
            self._guesses = guesses
        return self._guesses.get(_page_url(path), "")

    def has_unshown(self, path: str) -> bool:
        """Whether a file that is loaded, but not shown yet, has its page at an output path."""
        url = _page_url(path)
        entries = (self.last_good.get(source) for source in self.changed)
        return any(entry is not None and entry.url == url for entry in entries)

    def candidates(self, path: str) -> list[str]:
        """The pending files that may have their page at an output path: the one with that name,
        else those with the last part of the address in their front matter."""
        url = _page_url(path)
        guess = self.guess_source(path)
        if guess in self.pending:
            return [guess]
        slug = url.strip("/").rpartition("/")[2].encode()
        if not url.endswith("/") or not slug or url in self._searched:
            return []
        self._searched.add(url)
        return [source for source in self.pending if slug in _head(self.options.content / source)]

    def _scan(self, paths: Iterable[str] | None) -> Scan:
        """The content folder now. While git removes hundreds of files, some are listed and then
        gone: the scan is repeated."""
        content, index = self.options.content, Index(self.scan.taken, self._index)
        for _ in range(MAX_SCANS - 1):
            with suppress(FileNotFoundError):
                return self._scan_once(content, index, paths)
            time.sleep(SCAN_DELAY)
        return self._scan_once(content, index, paths)

    def _scan_once(self, content: Path, index: Index, paths: Iterable[str] | None) -> Scan:
        if paths is None:
            return scan.scan_folder(content, index, self._excluded, self.config.static)
        return scan.rescan_folder(content, self.scan, index, paths, self._excluded)

    @property
    def _excluded(self) -> tuple[Path, ...]:
        named = excluded_paths(self.options, self.config)
        return self.options.output, self.options.cache, *named

    def _read(self, path: str) -> LoadJob | None:
        """The job to load a pending file; None where it is not needed, since the entry is known."""
        result = self.loader.read(path)
        if isinstance(result, LoadJob):
            return result
        self._add_loaded(result)
        return None

    def _load(self, job: LoadJob) -> Loaded:
        """Load a file in this process, and keep the lines of its sections."""
        # the parsers: a start from the cache needs none
        from ..build.load import load_bytes, load_item

        load = load_item if job.is_item else load_bytes
        loaded = load(job.path, job.content, job.config)
        with self.lock:
            self._line_tables[job.path] = job.digest, loaded.lines
            self._line_tables.move_to_end(job.path)
            if len(self._line_tables) > MAX_LINE_TABLES:
                self._line_tables.popitem(last=False)
        return loaded

    def _add_loaded(self, entry: Entry) -> None:
        self._index[entry.path] = self.pending.pop(entry.path), entry.source_digest
        self.scan.digests[entry.path] = entry.source_digest
        self.version += 1
        self._add(entry)

    def _add(self, entry: Entry) -> None:
        path, entry = entry.path, self.data.placed(entry)
        self.entries[path] = entry
        if not entry.blocks_page and self.last_good.get(path) != entry:
            self.last_good[path] = entry
            self.changed.add(path)

    def _discard_entries(self) -> None:
        """Make all files pending, since the settings have changed. The last good entry of a file
        stays where the file can't be a page now."""
        self.changed |= self.last_good.keys()
        self.last_good = {
            path: entry
            for path, entry in self.last_good.items()
            if path in self.entries and self.entries[path].blocks_page
        }
        self.entries.clear()
        self.loader.known.clear()
        self._guesses = None
        self.scan.digests.clear()
        self._index.clear()
        self._read_data()
        self.pending = dict(self.scan.signatures)


def _page_url(path: str) -> str:
    """The site path of the page that an output path belongs to."""
    return "/" + path.removesuffix("index.html").removesuffix("index.json")


def _head(path: Path) -> bytes:
    """The start of a file, where its front matter is."""
    try:
        with open(path, "rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""
