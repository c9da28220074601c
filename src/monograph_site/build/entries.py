"""Content files → entries and records: only what changed is loaded, in workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import msgspec

from ..check.judge import has_errors
from ..config import Config
from ..model.finding import ordered
from ..model.monograph import Loaded, Monograph
from ..model.source import Source, Span
from ..model.strings import digest
from ..site.collisions import checked
from ..site.findings import UNSAFE_ADDRESS
from ..site.site import Entry, FaqHead, TocItem
from ..source.decode import decode
from ..source.findings_file import UNREADABLE
from . import scan
from .cache import Cache, read_decoded, write_whole
from .options import Inputs, Options
from .scan import Index
from .summary import Clock
from .workers import run

BATCH_SIZE = 16
"""Files that a worker is given at once."""
_RECORD_FIELDS = {field.name: field.type for field in fields(Monograph)}
_SAME = tuple(
    field.name
    for field in fields(Entry)
    if field.name != "path" and _RECORD_FIELDS.get(field.name) == field.type
)
"""Fields that an entry takes from the record as they are: those of one name and type in both."""


@dataclass(frozen=True, slots=True)
class LoadJob:
    """A content file on its way to a worker, with everything the worker needs."""

    path: str
    content: bytes
    digest: str
    config: Config


def load_file(job: LoadJob) -> tuple[Entry, bytes]:
    """The entry of a file and its record in bytes (b'' for none). Runs in a worker."""
    from .load import load_bytes  # the parsers, which a run with nothing to load need not import

    return make_entry(load_bytes(job.path, job.content, job.config), job.digest, job.config)


class Loader:
    """Says of each content file whether it is as it was, and keeps what it became: for a build and
    for a preview."""

    def __init__(
        self, content: Path, config: Config, records: Cache, known: Mapping[str, Entry]
    ) -> None:
        """`known` are the entries that an earlier run made with the same code and settings, by
        path."""
        self.content, self.config, self.records = content, config, records
        self.known = dict(known)

    def unchanged(self, path: str, source_digest: str) -> Entry | None:
        """The known entry of a file whose bytes have this digest; None where it has to be loaded.

        A file that could not be read has no digest and is never unchanged: it may be readable now.
        """
        entry = self.known.get(path)
        if entry is None or not source_digest or entry.source_digest != source_digest:
            return None
        return entry if not entry.record_digest or entry.record_digest in self.records else None

    def read(self, path: str) -> Entry | LoadJob:
        """What a file is now: its known entry, the entry of a file that cannot be read, or the work
        of loading it."""
        try:
            content, source_digest = scan.read(self.content, path)
        except OSError as problem:
            return unreadable(path, problem)
        return self.unchanged(path, source_digest) or LoadJob(
            path, content, source_digest, self.config
        )

    def accept(self, entry: Entry, record: bytes = b"") -> None:
        """Keep what a file became."""
        if record:
            self.records.put(entry.record_digest, record)
        self.known[entry.path] = entry

    def record_bytes(self, record_digest: str, path: str) -> bytes:
        """A record from the cache; from its source where the cache was damaged since it was looked
        at."""
        data = self.records.get(record_digest)
        if data is None:
            entry, data = load_file(LoadJob(path, *scan.read(self.content, path), self.config))
            if entry.record_digest != record_digest:
                raise OSError(f"{path!r} changed while the site was built; build again")
            self.records.put(record_digest, data)
        return data

    def source(self, path: str) -> Source | None:
        """The text of a content file as it is now; None where it cannot be read."""
        try:
            return decode(path, scan.read(self.content, path)[0]).source
        except OSError:
            return None


def load_all(options: Options, now: Inputs, loader: Loader, clock: Clock) -> tuple[Entry, ...]:
    """The entry of every content file, by path; only what changed, or lost its record, is loaded."""
    before, found = dict(loader.known), now.found
    entries: dict[str, Entry] = {}

    def changed() -> Iterator[LoadJob]:
        for path in found.signatures:
            entry = loader.unchanged(path, found.digests.get(path, "")) or loader.read(path)
            if isinstance(entry, LoadJob):
                yield entry
            else:
                entries[path] = entry

    for entry, record in run(load_file, changed(), jobs=options.jobs, batch_size=BATCH_SIZE):
        loader.accept(entry, record)
        entries[entry.path] = entry
        clock.step("reading", len(entries), len(found.signatures))
    if entries != before:
        keep_entries(options.cache, now.code, loader.config, entries)
    read = {path: (found.signatures[path], entry.source_digest) for path, entry in entries.items()}
    scan.save_index(options.cache / "index", Index(found.taken, read))
    return tuple(entries[path] for path in sorted(entries))


def known_entries(cache: Path, code: str, config: Config) -> dict[str, Entry]:
    """The entries an earlier run kept, by path; empty where other code or settings made them."""
    name, entries = read_decoded(cache / "catalogue", tuple[str, dict[str, Entry]], ("", {}))
    return entries if name == digest(code, config.reading_digest) else {}


def keep_entries(cache: Path, code: str, config: Config, entries: Mapping[str, Entry]) -> None:
    """Keep entries for the next run."""
    write_whole(
        cache / "catalogue", msgspec.msgpack.encode((digest(code, config.reading_digest), entries))
    )


def unreadable(path: str, problem: OSError) -> Entry:
    """The entry of a file that can't be read."""
    fault = UNREADABLE.at(
        path, Span(), f"The file can't be read: {problem.strerror}.\nMend its permissions."
    )
    return Entry(path, "", blocks_page=True, findings=(fault,))


def encode_record(monograph: Monograph) -> bytes:
    """The full record as the cache keeps it; `Entry.record_digest` is its digest."""
    return msgspec.msgpack.encode(monograph)


def make_entry(loaded: Loaded, source_digest: str, config: Config) -> tuple[Entry, bytes]:
    """What planning keeps of a loaded file, and the bytes of its full record (b'' where there is
    none).

    ValueError when there is neither a record nor a finding, since then nobody would ever hear of
    the file.
    """
    monograph, found = loaded.monograph, list(loaded.findings)
    if monograph is None:
        if not found:
            raise ValueError("a file became no record, and nothing says why")
        return Entry(
            found[0].path,
            source_digest,
            blocks_page=True,
            findings=ordered(found),
            ignores=loaded.ignores,
        ), b""
    try:
        url = checked(config.url_for(monograph.path, monograph.slug, monograph.permalink))
    except ValueError as problem:
        url = ""
        found.append(
            UNSAFE_ADDRESS.at(
                monograph.path,
                loaded.places.get("address", Span()),
                f"The page can't have this address: {problem}.\nGive it another slug or permalink.",
            )
        )
    record = encode_record(monograph)
    blocks_page = any(one.blocks_page for one in found)
    made = Entry(
        path=monograph.path,
        source_digest=source_digest,
        record_digest=digest(record),
        url=url,
        namespace=config.namespace_for(monograph.path),
        origin=monograph.provenance.origin,
        faqs=tuple(FaqHead(faq.id, faq.question) for faq in monograph.faqs if faq.answer_html),
        toc=_toc(monograph),
        alerts=tuple(dict.fromkeys(alert.level for alert in monograph.alerts)),
        has_disclaimer=monograph.disclaimer is not None,
        blocks_page=blocks_page,
        has_errors=not blocks_page and has_errors(found, loaded.ignores, config),
        findings=ordered(found),
        places=loaded.places,
        ignores=loaded.ignores,
        facts=loaded.facts,
        **{name: getattr(monograph, name) for name in _SAME},
    )
    return made, record


def _toc(monograph: Monograph) -> tuple[TocItem, ...]:
    return tuple(
        TocItem(
            section.id,
            f"{section.subject}: {section.heading}" if section.subject else section.heading,
        )
        for section in monograph.sections
        if section.heading
    )
