"""Entries → the site and all its pages, each page with its key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..check.inspect import findings_across_files, findings_after_policy
from ..model.attachment import Attachment
from ..model.files import is_racy
from ..model.finding import Finding, Severity
from ..model.strings import digest
from ..pages import plan_pages, reserved_addresses
from ..pages.page import Page
from ..render.page_key import page_key
from ..render.renderer import template_digests
from ..render.theme import Theme, asset_paths
from ..site.catalogue import site
from ..site.site import Entry, Site
from .attachments import AttachmentReader
from .cache import Cache, read_decoded, write_atomically
from .data_files import DataFiles
from .entries import Loader, load_entries, load_saved_entries
from .options import Inputs, Options
from .publication import Order
from .scan import Index, save_index
from .smaller_pictures import SmallerPictures
from .state import cached_config
from .summary import Clock


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page and its key."""

    page: Page
    key: str
    """The same key means the same bytes (see `page_key`)."""

    @property
    def path(self) -> str:
        """The path of the artifact, relative to the output folder."""
        return self.page.url.lstrip("/")

    @property
    def order(self) -> Order:
        """When it is published: the page of a content file before the pages that link to it."""
        if self.page.template in ("asset", "file"):
            return Order.ASSET
        return Order.PAGE if self.page.record else Order.INDEX


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A site that is planned and not yet rendered."""

    loader: Loader
    entries: tuple[Entry, ...]
    site: Site
    pages: tuple[PlannedPage, ...]
    attachment_digests: dict[str, str]
    """The digests of pictures, other files and data files, '' for those that nothing refers to, by
    path."""
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding keeps the site from being published."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def digests(self) -> dict[str, str]:
        """What `scan.content_digests` will give if nothing changes."""
        items = self.loader.data.items
        entries = {
            entry.path: entry.source_digest for entry in self.entries if entry.path not in items
        }
        return {**self.attachment_digests, **entries}


def plan_site(
    options: Options, inputs: Inputs, records: Cache, clock: Clock, *, publishes: bool = True
) -> SitePlan:
    """Load the files that changed, and plan every page. Where nothing will be published
    (`publishes`), no smaller pictures are made.

    Raises WorkerCrashed, WrongAddress, and OSError where a content file changes meanwhile or the
    cache cannot be written.
    """
    settings = inputs.settings
    config, config_findings = cached_config(settings, options, inputs.code)
    clock.lap("read")
    known = load_saved_entries(options.cache, inputs.code, config)
    data = DataFiles(options.content, config, options.cache / "data", inputs.code)
    scan = data.read(inputs.content, settings.source)
    loader = Loader(options.content, config, records, known, data)
    entries = load_entries(options, inputs, scan, loader, clock)
    clock.lap("load")
    files, attachment_digests = _resolve_attachments(options, inputs, entries, config.static, data)
    pictures = SmallerPictures(options.content, options.cache)
    files = pictures.add_all(files, options.jobs) if publishes else pictures.add_known(files)
    pictures.close()
    clock.lap("pictures")
    assets = asset_paths(inputs.theme)
    planned_site = site(
        entries,
        config,
        options.as_of,
        assets,
        reserved_addresses(),
        files,
        settings=settings.source,
        own_words=inputs.theme.words,
    )
    across = findings_across_files(planned_site, options.as_of, loader.record_bytes, loader.source)
    findings = findings_after_policy(
        {entry.path: entry for entry in entries},
        (*inputs.content.faults, *config_findings, *data.findings, *across),
        config,
        settings.source,
        loader.source,
    )
    templates = cached_template_digests(inputs.theme, inputs.code, options.cache / "templates")
    planned_pages = tuple(
        PlannedPage(page, page_key(page, templates, inputs.code))
        for page in plan_pages(planned_site)
    )
    clock.lap("plan")
    return SitePlan(loader, entries, planned_site, planned_pages, attachment_digests, findings)


def _resolve_attachments(
    options: Options,
    inputs: Inputs,
    entries: tuple[Entry, ...],
    static: tuple[str, ...],
    data: DataFiles,
) -> tuple[dict[str, Attachment], dict[str, str]]:
    """The attachment of each reference, and the digests of all that may be referred to (see
    `SitePlan`). The index of all files is saved for the next run."""
    scan, index = inputs.content, inputs.index
    known = {
        path: value
        for path, value in index.attachments.items()
        if not is_racy(value[0], index.taken)
    }
    reader = AttachmentReader(options.content, known)
    attachments = reader.resolve(entries, scan.attachments, static)
    used = reader.index(attachments.values())
    files = {
        entry.path: (scan.signatures[entry.path], entry.source_digest)
        for entry in entries
        if entry.path not in data.items
    }
    files |= {path: (scan.data[path], digest) for path, digest in data.digests.items()}
    save_index(options.cache / "index", Index(scan.taken, files, used))
    digests = dict.fromkeys(scan.attachments, "")
    digests |= {path: file.digest for path, (_, file) in used.items()}
    return attachments, dict.fromkeys(scan.data, "") | digests | data.digests


def cached_template_digests(theme: Theme, code: str, path: Path) -> dict[str, str]:
    """What `template_digests` gives, kept in a file between builds: to find what a template
    includes, it has to be parsed."""
    key = digest(theme.digest, code)
    kept_key, digests = read_decoded(path, tuple[str, dict[str, str]], ("", {}))
    if kept_key != key:
        digests = template_digests(theme)
        write_atomically(path, msgspec.msgpack.encode((key, digests)))
    return digests
