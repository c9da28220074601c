"""Entries → the site and every page of it, each with its key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from .cache import Cache, read_decoded, write_whole
from .catalogue import site
from .config import Config
from .diagnostics import Diagnostic, Severity
from .inputs import Inputs, Options
from .inspection import across, judged
from .loading import kept_config, load_all, record_of
from .page import Page
from .pages import plan as plan_pages
from .planning import asset_path
from .publish import Order
from .render import page_key, template_digests
from .site import Entry, Site
from .summary import Clock
from .text import digest
from .theme import Theme


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
    config, faults = kept_config(options, now.code)
    clock.lap("read")
    entries = load_all(options, now, records, config, clock)
    clock.lap("load")
    made = site(entries, config, options.as_of, asset_paths(now.theme))
    between = across(made, options, lambda one, path: record_of(one, path, options.content, config, records))
    others = (*now.found.faults, *faults, *between)
    found = judged({entry.path: entry for entry in entries}, others, config, options.content)
    templates = kept_template_digests(now.theme, now.code, options.cache / "templates")
    pages = tuple(Planned(page, page_key(page, templates, now.code)) for page in plan_pages(made))
    clock.lap("plan")
    return Made(config, entries, made, pages, found)


def asset_paths(theme: Theme) -> dict[str, str]:
    """The site paths of the theme's files, by name."""
    return {name: asset_path(name, digest(content)) for name, content in theme.assets.items()}


def kept_template_digests(theme: Theme, code: str, kept: Path) -> dict[str, str]:
    """`template_digests`, kept between builds: finding what each template includes means parsing it."""
    name = digest(theme.digest, code)
    known, digests = read_decoded(kept, tuple[str, dict[str, str]], ("", {}))
    if known != name:
        digests = template_digests(theme)
        write_whole(kept, msgspec.msgpack.encode((name, digests)))
    return digests
