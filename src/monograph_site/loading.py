"""Content files → entries and records: only what changed is loaded, in workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from . import reading
from .cache import Cache, read_decoded, write_whole
from .catalogue import entry
from .config import Config, load_config
from .diagnostics import Diagnostic
from .encoding import decode
from .excerpts import with_excerpts
from .execution import run
from .faults.files import UNREADABLE
from .inputs import Inputs, Options
from .model import Loaded
from .reading import Index
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
                content, value = reading.read(options.content, path)
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
    reading.save_index(options.cache / "index", Index(now.found.taken, read))
    return tuple(entries[path] for path in sorted(entries))


def settings_digest(content: Path) -> str:
    """The digest of site.yaml; '' where there is none."""
    try:
        return digest((content / "site.yaml").read_bytes())
    except OSError:
        return ""


def kept_config(options: Options, code: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """`load_config`, kept between runs where nothing is wrong: what reads settings takes long to import."""
    read = settings_digest(options.content)
    name = digest(code, read, options.base_url or "", str(options.search), *options.asked)
    known, config = read_decoded(options.cache / "settings", tuple[str, Config], ("", Config()))
    if known == name:
        return config, ()
    search = None if options.search else False  # the option can only turn it off
    config, faults = load_config(options.content, base_url=options.base_url, search=search, asked=options.asked)
    if not faults and settings_digest(options.content) == read:
        write_whole(options.cache / "settings", msgspec.msgpack.encode((name, config)))
    return config, faults


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
        entry, data = load_file(Raw(path, *reading.read(content, path), config))
        if entry.record_digest != record:
            raise OSError(f"{path!r} changed while the site was built; build again")
        records.put(record, data)
    return data


def unreadable(path: str, problem: OSError) -> Entry:
    """The entry of a file that can't be read."""
    fault = UNREADABLE.at(path, Span(), f"The file can't be read: {problem.strerror}.\nMend its permissions.")
    return Entry(path, "", withheld=True, diagnostics=(fault,))
