"""Content files → entries and records: only what changed is loaded, in workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from . import reading
from .cache import Cache, read_decoded, write_whole
from .catalogue import entry
from .config import Config
from .encoding import decode
from .excerpts import with_excerpts
from .execution import run
from .faults.files import UNREADABLE
from .inputs import Inputs, Options
from .load import load
from .model import Loaded
from .site import Entry
from .summary import Clock
from .text import Span, digest

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
    source, found = decode(raw.path, raw.content)
    loaded = load(source, raw.config) if source else Loaded(None)
    findings = with_excerpts((*found, *loaded.diagnostics), source) if source else found
    return entry(replace(loaded, diagnostics=findings), raw.digest, raw.config)


def load_all(options: Options, now: Inputs, records: Cache, config: Config, clock: Clock) -> tuple[Entry, ...]:
    """The entry of every content file, by path; only what changed, or lost its record, is loaded."""
    name = digest(now.code, config.digest)
    known = read_decoded(options.cache / "catalogue", tuple[str, dict[str, Entry]], ("", {}))
    old = known[1] if known[0] == name else {}
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
                content, value = reading.read(options.content, path)
            except OSError as problem:
                entries[path] = _unreadable(path, problem)
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
    if entries != old or known[0] != name:
        write_whole(options.cache / "catalogue", msgspec.msgpack.encode((name, entries)))
    digests = {path: entry.source_digest for path, entry in entries.items()}
    reading.save_index(options.cache / "index", now.found, digests)
    return tuple(entries[path] for path in sorted(entries))


def record_of(record: str, path: str, content: Path, config: Config, records: Cache) -> bytes:
    """A record from the cache; from its source where the cache was damaged since it was looked at."""
    data = records.get(record)
    if data is None:
        entry, data = load_file(Raw(path, *reading.read(content, path), config))
        if entry.record_digest != record:
            raise OSError(f"{path!r} changed while the site was built; build again")
        records.put(record, data)
    return data


def _unreadable(path: str, problem: OSError) -> Entry:
    fault = UNREADABLE.at(path, Span(), f"The file can't be read: {problem.strerror}.\nMend its permissions.")
    return Entry(path, "", withheld=True, diagnostics=(fault,))
