"""Entries → the site and every page of it, each with its key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from ..check.inspect import findings_across, judged
from ..config import Config
from ..model.finding import Finding, Severity, ordered
from ..model.monograph import Monograph
from ..model.strings import digest
from ..pages import addresses_of_plug_ins
from ..pages import plan as plan_pages
from ..pages.page import Page
from ..render.renderer import page_key, template_digests
from ..render.theme import Theme, asset_paths
from ..site.catalogue import site
from ..site.findings import URL_COLLISION
from ..site.site import Entry, Site
from .cache import Cache, read_decoded, write_whole
from .entries import Loader, known_entries, load_all
from .options import Inputs, Options
from .publication import Order
from .state import kept_config
from .summary import Clock


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
class SitePlan:
    """A site that is planned and not yet rendered."""

    loader: Loader
    entries: tuple[Entry, ...]
    site: Site
    pages: tuple[Planned, ...]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything found keeps the site from being published."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def digests(self) -> dict[str, str]:
        """The digests of the content files, as they were read."""
        return {entry.path: entry.source_digest for entry in self.entries}


def plan(options: Options, now: Inputs, records: Cache, clock: Clock) -> SitePlan:
    """Load what changed and plan every page. The index and the catalogue are kept for the next
    build."""
    config, faults = kept_config(now.settings, options, now.code)
    clock.lap("read")
    loader = Loader(
        options.content, config, records, known_entries(options.cache, now.code, config)
    )
    entries = load_all(options, now, loader, clock)
    clock.lap("load")
    made, entries = make_site(entries, config, options.as_of)
    made = replace(made, assets=tuple(sorted(asset_paths(now.theme).items())))
    digests = {entry.path: entry.record_digest for entry in entries}

    def load_record(path: str) -> Monograph:
        return msgspec.msgpack.decode(loader.record_bytes(digests[path], path), type=Monograph)

    between = findings_across(made, options.as_of, load_record, loader.source)
    others = (*now.found.faults, *faults, *between)
    found = judged(
        {entry.path: entry for entry in entries}, others, config, now.settings.source, loader.source
    )
    templates = kept_template_digests(now.theme, now.code, options.cache / "templates")
    pages = tuple(Planned(page, page_key(page, templates, now.code)) for page in plan_pages(made))
    clock.lap("plan")
    return SitePlan(loader, entries, made, pages, found)


def make_site(
    entries: Iterable[Entry], config: Config, as_of: str
) -> tuple[Site, tuple[Entry, ...]]:
    """The site of some entries, without the theme's assets, and the entries again.

    An entry whose address a page of a plug-in has too is left out of the site, with a finding: two
    pages cannot be published at one address.
    """
    made, entries = site(entries, config, as_of), tuple(entries)
    taken = addresses_of_plug_ins(made)
    clashes = {entry.path for entry in made.entries if f"{entry.url}index.html" in taken}
    if not clashes:
        return made, entries
    entries = tuple(_blocked(entry) if entry.path in clashes else entry for entry in entries)
    return site(entries, config, as_of), entries


def _blocked(entry: Entry) -> Entry:
    message = (
        f"The address {entry.url!r} belongs to a page of a plug-in.\n"
        "Give the file another slug or permalink."
    )
    finding = URL_COLLISION.at(entry.path, entry.at("address"), message)
    return replace(entry, blocks_page=True, findings=ordered((*entry.findings, finding)))


def kept_template_digests(theme: Theme, code: str, kept: Path) -> dict[str, str]:
    """`template_digests`, kept between builds: finding what each template includes means parsing
    it."""
    name = digest(theme.digest, code)
    known, digests = read_decoded(kept, tuple[str, dict[str, str]], ("", {}))
    if known != name:
        digests = template_digests(theme)
        write_whole(kept, msgspec.msgpack.encode((name, digests)))
    return digests
