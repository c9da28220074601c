"""Content files → entries and records. Only files that changed are loaded, in workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from errno import ENOENT
from pathlib import Path

import msgspec
from msgspec import Struct

from ..check.policy import has_errors
from ..config import Config
from ..model.finding import ordered
from ..model.monograph import Loaded, Monograph
from ..model.source import Source, Span
from ..model.strings import collapse, digest
from ..model.tables import NO_TABLES
from ..site.audiences import audiences_of
from ..site.collisions import safe_path
from ..site.entry import Entry, FaqHead, encode_part, toc_of
from ..site.findings import UNSAFE_ADDRESS
from ..site.section_order import clinical_order, is_in_head
from ..source.decode import decode
from ..source.findings_file import UNREADABLE
from .ahead import NOTHING_LOADED, LoadedAhead
from .cache import Cache, read_decoded, write_atomically
from .data_files import DataFiles
from .options import Inputs, Options
from .scan import MAX_BYTES_READ, Scan, read_content
from .summary import Clock
from .workers import cluster_at, run_in_workers

BATCH_SIZE = 16
"""Files sent to a worker at a time."""
MAX_CHANGES = 64
"""Entries that are saved beside the others; with more, all are saved again."""
_FROM_RECORD = tuple(
    name
    for name, kind in Entry.__annotations__.items()
    if name != "path" and Monograph.__annotations__.get(name) == kind
)
"""Fields that an entry takes from the record: those with the same name and type in both."""


class LoadJob(Struct, frozen=True):
    """A content file, with everything a worker needs to load it."""

    path: str
    content: bytes
    digest: str
    config: Config
    is_item: bool = False
    """Whether it is an entry of a data file, and `content` its `ItemContent`."""


def load_file(job: LoadJob) -> tuple[Entry, bytes]:
    """The entry of a file and its record in bytes (b'' for none). Runs in a worker."""
    # the parsers, which a run with nothing to load need not import
    from .load import load_bytes, load_item

    load = load_item if job.is_item else load_bytes
    return make_entry(load(job.path, job.content, job.config), job.digest, job.config)


_decode_loaded = msgspec.msgpack.Decoder(tuple[Entry, bytes]).decode


def load_encoded(job: LoadJob) -> bytes:
    """What `load_file` gives, encoded: msgspec takes a sixth of the time of pickle, which calls a
    Python function for each record on both sides."""
    return msgspec.msgpack.encode(load_file(job))


def _import_loader() -> None:
    """Import all that `load_file` needs."""
    # The parsers and rules: a run with nothing to load need not import them. Of similar names, a
    # few files alone seldom need the library.
    import rapidfuzz.distance
    import rapidfuzz.process  # noqa: F401  as above

    from ..rules import rules  # as above
    from . import load  # noqa: F401  as above

    rules()


def _import_renderer() -> None:
    """Import what renders pages."""
    from . import publish  # noqa: F401


class Loader:
    """Entries and records of content files: those of an earlier run as long as the file has not
    changed. Serves a build and a preview."""

    def __init__(
        self,
        content: Path,
        config: Config,
        records: Cache,
        known: Mapping[str, Entry],
        data: DataFiles | None = None,
        ahead: LoadedAhead = NOTHING_LOADED,
    ) -> None:
        """`known` are the entries that an earlier run made with the same code and settings, by path;
        those of a data file with places that count from the start of the entry. `ahead` are files
        that have been loaded already, with the same settings."""
        self.content, self.config, self.records = content, config, records
        self.known = dict(known)
        self.data = data or DataFiles(content, config)
        self.ahead = ahead

    def unchanged(self, path: str, source_digest: str) -> Entry | None:
        """The known entry of a file whose bytes have this digest; None where it has to be loaded.

        A file that could not be read has no digest and always has to be loaded: it may be readable
        now.
        """
        entry = self.known.get(path)
        if entry is None or not source_digest or entry.source_digest != source_digest:
            return None
        return entry if not entry.record_digest or entry.record_digest in self.records else None

    def read(self, path: str) -> Entry | LoadJob:
        """The entry of a file that has not changed, has been loaded or cannot be read; else the job
        to load it."""
        try:
            job = self.job(path)
        except OSError as problem:
            return unreadable_entry(path, problem)
        entry, record = self.ahead.files.get(path, (None, b""))
        if entry is not None and entry.source_digest == job.digest:
            self.accept(entry, record)
        return self.unchanged(path, job.digest) or job

    def job(self, path: str) -> LoadJob:
        """The job to load a file, or an entry of a data file. Raises OSError."""
        if self.config.data_collection(path) is None:
            return LoadJob(path, *read_content(self.content, path), self.config)
        item = self.data.item(path)
        if item is None:
            raise FileNotFoundError(ENOENT, "the data file has changed", path)
        return LoadJob(path, item.content, item.digest, self.config, is_item=True)

    def accept(self, entry: Entry, record: bytes = b"") -> None:
        """Keep the entry of a file, and its record where it has one."""
        if record:
            self.records.put(entry.record_digest, record)
        self.known[entry.path] = entry

    def record_bytes(self, record_digest: str, path: str) -> bytes:
        """A record from the cache; made again from its source where the cache was damaged.

        Raises OSError where the source cannot be read or is no longer the same.
        """
        data = self.records.get(record_digest)
        if data is None:
            entry, data = load_file(self.job(path))
            if entry.record_digest != record_digest:
                raise OSError(f"{path!r} changed while the site was built; build again")
            self.records.put(record_digest, data)
        return data

    def source(self, path: str) -> Source | None:
        """The text of a content file as it is now; None where it cannot be read."""
        try:
            return decode(path, read_content(self.content, path)[0], MAX_BYTES_READ).source
        except OSError:
            return None


def load_entries(
    options: Options, inputs: Inputs, scan: Scan, loader: Loader, clock: Clock
) -> tuple[Entry, ...]:
    """The entry of every content file of a scan, by path. Files that changed, or whose record is missing from
    the cache, are loaded. Entries are saved for the next run."""
    previous = dict(loader.known)
    entries: dict[str, Entry] = {}

    def jobs() -> Iterator[LoadJob]:
        for path in scan.signatures:
            result = loader.unchanged(path, scan.digests.get(path, "")) or loader.read(path)
            if isinstance(result, LoadJob):
                yield result
            else:
                entries[path] = result

    for loaded in run_in_workers(
        load_encoded,
        jobs(),
        jobs=options.jobs,
        batch_size=BATCH_SIZE,
        executor=cluster_at(options.executor),
        on_crash=clock.report_crash,
        before_start=_import_loader,
        meanwhile=_import_renderer,
    ):
        entry, record = _decode_loaded(loaded)
        loader.accept(entry, record)
        entries[entry.path] = entry
        clock.step("reading", len(entries), len(scan.signatures))
    changed = [
        entry
        for path, entry in entries.items()
        if (known := previous.get(path)) is not entry and known != entry
    ]
    if len(changed) > MAX_CHANGES or previous.keys() - entries.keys():
        save_entries(options.cache, inputs.code, loader.config, entries)
    elif changed:
        save_changed_entries(options.cache, inputs.code, loader.config, changed)
    return tuple(loader.data.placed(entries[path]) for path in sorted(entries))


def load_saved_entries(cache: Path, code: str, config: Config) -> dict[str, Entry]:
    """The entries that earlier runs saved, by path; empty where code or settings have changed."""
    return dict(saved_entries(cache, code, config))


def saved_entries(cache: Path, code: str, config: Config) -> Iterator[tuple[str, Entry]]:
    """The entries of `load_saved_entries`, each decoded when it is asked for; of one that was saved
    again, the last counts."""
    key = _entries_key(code, config)
    for name in ("catalogue", "changes"):
        yield from _read_entries(cache / name, key)


def save_entries(cache: Path, code: str, config: Config, entries: Mapping[str, Entry]) -> None:
    """Save all entries for the next run."""
    _write_entries(cache / "catalogue", _entries_key(code, config), entries)
    with suppress(OSError):
        (cache / "changes").unlink(missing_ok=True)


def save_changed_entries(cache: Path, code: str, config: Config, changed: Iterable[Entry]) -> None:
    """Save a few entries for the next run, beside those that are saved already: to write all of a
    large site takes long."""
    key = _entries_key(code, config)
    entries = dict(_read_entries(cache / "changes", key))
    entries |= {entry.path: entry for entry in changed}
    if len(entries) > MAX_CHANGES:
        save_entries(cache, code, config, dict(_read_entries(cache / "catalogue", key)) | entries)
    else:
        _write_entries(cache / "changes", key, entries)


def _read_entries(path: Path, key: str) -> Iterator[tuple[str, Entry]]:
    kept: tuple[str, dict[str, msgspec.Raw]] = ("", {})
    kept_key, entries = read_decoded(path, tuple[str, dict[str, msgspec.Raw]], kept)
    if kept_key == key:
        decode = msgspec.msgpack.Decoder(Entry).decode
        for name, encoded in entries.items():
            yield name, decode(encoded)


def _write_entries(path: Path, key: str, entries: Mapping[str, Entry]) -> None:
    write_atomically(path, msgspec.msgpack.encode((key, entries)))


def _entries_key(code: str, config: Config) -> str:
    return digest(code, config.reading_digest)


def unreadable_entry(path: str, problem: OSError) -> Entry:
    """The entry of a file that cannot be read."""
    text = f"The file can't be read: {problem.strerror}.\nCheck its permissions."
    findings = encode_part((UNREADABLE.at(path, Span(), text),))
    return Entry(path, "", blocks_page=True, encoded_findings=findings)


def encode_record(monograph: Monograph) -> bytes:
    """The full record as the cache keeps it; `Entry.record_digest` is its digest."""
    return msgspec.msgpack.encode(monograph)


def make_entry(loaded: Loaded, source_digest: str, config: Config) -> tuple[Entry, bytes]:
    """What planning needs of a loaded file, and its full record in bytes (b'' for none).

    Raises ValueError where there is neither a record nor a finding: the file would vanish without a
    word.
    """
    monograph, findings = loaded.monograph, list(loaded.findings)
    if monograph is None:
        if not findings:
            raise ValueError("the file has neither a record nor a finding")
        entry = Entry(
            findings[0].path,
            source_digest,
            blocks_page=True,
            encoded_findings=encode_part(ordered(findings)),
            ignores=loaded.ignores,
        )
        return entry, b""
    try:
        url = safe_path(
            config.url_for(
                monograph.path, monograph.slug, monograph.permalink, language=monograph.lang
            )
        )
    except ValueError as problem:
        url = ""
        text = f"The page can't have this address: {problem}.\nGive it another slug or permalink."
        span = loaded.places.get("address", Span())
        findings.append(UNSAFE_ADDRESS.at(monograph.path, span, text))
    record = encode_record(monograph)
    collection = config.data_collection(monograph.path)
    blocks_page = any(finding.blocks_page for finding in findings)
    head = [part for part in monograph.sections if is_in_head(part, monograph)]
    entry = Entry(
        path=monograph.path,
        source_digest=source_digest,
        record_digest=digest(record),
        question=collapse(head[0].text) if head and monograph.kind == "article" else "",
        url=url,
        namespace=config.namespace_for(monograph.path),
        edition=config.edition_of(monograph.lang),
        origin=monograph.provenance.origin,
        encoded_faqs=encode_part(
            [FaqHead(faq.id, faq.question) for faq in monograph.faqs if faq.answer_html]
        ),
        interactions=tuple(
            dict.fromkeys(row.substance for row in monograph.tables.interactions if row.substance)
        ),
        rows=monograph.tables if collection and collection.rows else NO_TABLES,
        encoded_toc=encode_part(
            toc_of(
                (
                    section
                    for section in (
                        clinical_order(monograph)
                        if config.sections == "clinical"
                        else monograph.sections
                    )
                    if section not in head
                ),
                with_sub_headings=monograph.kind == "page",
            )
        ),
        alerts=tuple(dict.fromkeys(alert.level for alert in monograph.alerts)),
        has_disclaimer=monograph.disclaimer is not None,
        audiences=audiences_of(monograph.sections),
        blocks_page=blocks_page,
        has_errors=not blocks_page and has_errors(findings, loaded.ignores, config),
        encoded_findings=encode_part(ordered(findings)),
        places=loaded.places,
        ignores=loaded.ignores,
        facts=loaded.facts,
        **{name: getattr(monograph, name) for name in _FROM_RECORD},
    )
    return entry, record
