"""Content files → entries and records: only what changed is loaded, in workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from ..check.judge import has_errors
from ..config import Config
from ..model.excerpt import with_excerpts
from ..model.finding import ordered
from ..model.monograph import Monograph
from ..model.source import Span
from ..model.strings import digest
from ..site.collisions import checked
from ..site.findings import UNSAFE_ADDRESS
from ..site.site import Entry, FaqHead, TocItem
from ..source.decode import decode
from ..source.findings_file import UNREADABLE
from . import scan
from .cache import Cache, read_decoded, write_whole
from .load import Loaded
from .options import Inputs, Options
from .scan import Index
from .summary import Clock
from .workers import run

_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Raw:
    """A content file on its way to a worker, with everything the worker needs."""

    path: str
    content: bytes
    digest: str
    config: Config


def load_file(raw: Raw) -> tuple[Entry, bytes]:
    """One file's entry and record. Runs in a worker."""
    from .load import load  # the parsers: where nothing is to be loaded, nobody waits for them

    source, found = decode(raw.path, raw.content)
    loaded = load(source, raw.config) if source else Loaded(None)
    findings = with_excerpts((*found, *loaded.diagnostics), source) if source else found
    return entry(replace(loaded, diagnostics=findings), raw.digest, raw.config)


def load_all(options: Options, now: Inputs, records: Cache, config: Config, clock: Clock) -> tuple[Entry, ...]:
    """The entry of every content file, by path; only what changed, or lost its record, is loaded."""
    old = known_entries(options.cache, now.code, config)
    entries: dict[str, Entry] = {}

    def changed() -> Iterator[Raw]:
        for path in now.found.signatures:
            entry = old.get(path)
            if entry is not None and entry.record_digest and entry.record_digest not in records:
                entry = None
            if entry is not None and entry.source_digest == now.found.digests.get(path, ""):
                entries[path] = entry
                continue
            try:
                content, value = scan.read(options.content, path)
            except OSError as problem:
                entries[path] = unreadable(path, problem)
                continue
            if entry is not None and entry.source_digest == value:
                entries[path] = entry
            else:
                yield Raw(path, content, value, config)

    for made, record in run(load_file, changed(), jobs=options.jobs, batch_size=_AT_ONCE):
        if record:
            records.put(made.record_digest, record)
        entries[made.path] = made
        clock.step("reading", len(entries), len(now.found.signatures))
    if entries != old:
        keep_entries(options.cache, now.code, config, entries)
    read = {path: (now.found.signatures[path], entry.source_digest) for path, entry in entries.items()}
    scan.save_index(options.cache / "index", Index(now.found.taken, read))
    return tuple(entries[path] for path in sorted(entries))


def known_entries(cache: Path, code: str, config: Config) -> dict[str, Entry]:
    """The entries an earlier run kept, by path; empty where other code or settings made them."""
    name, entries = read_decoded(cache / "catalogue", tuple[str, dict[str, Entry]], ("", {}))
    return entries if name == digest(code, config.reading_digest) else {}


def keep_entries(cache: Path, code: str, config: Config, entries: Mapping[str, Entry]) -> None:
    """Keep entries for the next run."""
    write_whole(cache / "catalogue", msgspec.msgpack.encode((digest(code, config.reading_digest), entries)))


def record_of(record: str, path: str, content: Path, config: Config, records: Cache) -> bytes:
    """A record from the cache; from its source where the cache was damaged since it was looked at."""
    data = records.get(record)
    if data is None:
        entry, data = load_file(Raw(path, *scan.read(content, path), config))
        if entry.record_digest != record:
            raise OSError(f"{path!r} changed while the site was built; build again")
        records.put(record, data)
    return data


def unreadable(path: str, problem: OSError) -> Entry:
    """The entry of a file that can't be read."""
    fault = UNREADABLE.at(path, Span(), f"The file can't be read: {problem.strerror}.\nMend its permissions.")
    return Entry(path, "", withheld=True, diagnostics=(fault,))


_SAME = tuple(
    "id kind slug title description names ingredients product status review dates audience aliases rejected".split()
)
"""Fields that an entry takes from the record as they are."""


def record_bytes(monograph: Monograph) -> bytes:
    """The full record as the cache keeps it; `Entry.record_digest` is its digest."""
    return msgspec.msgpack.encode(monograph)


def entry(loaded: Loaded, source_digest: str, config: Config) -> tuple[Entry, bytes]:
    """What planning keeps of a loaded file, and the bytes of its full record (b'' where there is none).

    ValueError when there is neither a record nor a finding, since then nobody would ever hear of the file.
    """
    monograph, found = loaded.monograph, list(loaded.diagnostics)
    if monograph is None:
        if not found:
            raise ValueError("a file became no record, and nothing says why")
        return Entry(
            found[0].path, source_digest, withheld=True, diagnostics=ordered(found), ignores=loaded.ignores
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
    record = record_bytes(monograph)
    withheld = any(one.withheld for one in found)
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
        withheld=withheld,
        faulty=not withheld and has_errors(found, loaded.ignores, config),
        diagnostics=ordered(found),
        places=loaded.places,
        ignores=loaded.ignores,
        facts=loaded.facts,
        **{name: getattr(monograph, name) for name in _SAME},
    )
    return made, record


def _toc(monograph: Monograph) -> tuple[TocItem, ...]:
    return tuple(
        TocItem(section.id, f"{section.subject}: {section.heading}" if section.subject else section.heading)
        for section in monograph.sections
        if section.heading
    )
