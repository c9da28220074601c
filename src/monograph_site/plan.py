"""Entries → the site and every page of it, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from . import reading
from .cache import Cache, read_decoded, write_whole
from .catalogue import site
from .config import Config, load_config, settings
from .diagnostics import Diagnostic, Severity, ordered
from .encoding import decode
from .excerpts import with_excerpts
from .inputs import Inputs, Options
from .judging import judge
from .loading import load_all, record_of
from .model import Monograph
from .page import Page
from .pages import plan as plan_pages
from .planning import asset_path
from .publish import Order
from .render import page_key, template_digests
from .site import Entry, Site
from .site_rules import Whole, check
from .summary import Clock
from .text import digest


@dataclass(frozen=True, slots=True)
class Planned:
    """A page and its key."""

    page: Page
    key: str

    @property
    def path(self) -> str:
        """Where the artifact goes."""
        return self.page.url.lstrip("/")

    @property
    def order(self) -> Order:
        """When it takes its place: a page of one file comes before all that leads to it."""
        if self.page.template == "asset":
            return Order.ASSET
        return Order.PAGE if self.page.record else Order.INDEX


@dataclass(frozen=True, slots=True)
class Made:
    """A site that is planned and not yet rendered."""

    config: Config
    entries: tuple[Entry, ...]
    site: Site
    pages: tuple[Planned, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything found keeps the site from being published."""
        return any(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def digests(self) -> dict[str, str]:
        """The digests of the content files, as they were read."""
        return {entry.path: entry.source_digest for entry in self.entries}


def plan(options: Options, now: Inputs, records: Cache, clock: Clock) -> Made:
    """Load what changed and plan every page. The index and the catalogue are kept for the next build."""
    search = None if options.search else False  # the option can only turn it off
    config, faults = load_config(options.content, base_url=options.base_url, search=search, asked=options.asked)
    clock.lap("read")
    entries = load_all(options, now, records, config, clock)
    clock.lap("load")
    assets = {name: asset_path(name, digest(content)) for name, content in now.theme.assets.items()}
    made = site(entries, config, options.as_of, assets)
    whole = Whole(made, options.as_of, _records(entries, options, config, records))
    across = (*made.diagnostics, *check(whole, config.asked))
    found = (*now.found.faults, *faults, *across, *(one for entry in entries for one in entry.diagnostics))
    ignores = {entry.path: entry.ignores for entry in entries if entry.ignores}
    judged = judge(_with_lines(found, options.content), ignores, config, settings(options.content))
    templates = _template_digests(now, options.cache / "templates")
    pages = tuple(Planned(page, page_key(page, templates, now.code)) for page in plan_pages(made))
    clock.lap("plan")
    return Made(config, entries, made, pages, ordered(judged))


def _template_digests(now: Inputs, kept: Path) -> dict[str, str]:
    """Kept between builds, since finding what each template includes means parsing it."""
    name = digest(now.theme.digest, now.code)
    known, digests = read_decoded(kept, tuple[str, dict[str, str]], ("", {}))
    if known != name:
        digests = template_digests(now.theme)
        write_whole(kept, msgspec.msgpack.encode((name, digests)))
    return digests


def _records(entries: Sequence[Entry], options: Options, config: Config, records: Cache) -> Callable[[str], Monograph]:
    """A function from a content path to its full record."""
    digests = {entry.path: entry.record_digest for entry in entries}

    def record(path: str) -> Monograph:
        data = record_of(digests[path], path, options.content, config, records)
        return msgspec.msgpack.decode(data, type=Monograph)

    return record


def _with_lines(found: Iterable[Diagnostic], content: Path) -> Iterator[Diagnostic]:
    """The findings, those over several files with their lines too, which only the files can tell."""
    bare: dict[str, list[Diagnostic]] = {}
    for one in found:
        if one.excerpt or not one.path:
            yield one
        else:
            bare.setdefault(one.path, []).append(one)
    for path, some in bare.items():
        try:
            source = decode(path, reading.read(content, path)[0]).source
        except OSError:
            source = None
        yield from with_excerpts(some, source) if source else some
