"""One edit: only the pages of the files that changed are planned, where nothing else in the site
can show the change.

A published plan leaves behind a digest of what the rest of the site can see of each content file:
what other pages show, and what the rules about several files read (`visible_digest`). Where that
has not changed, all other pages and the findings about other files are those of the last build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from ..check.after_policy import findings_after_policy
from ..check.report import FindingReport
from ..model.finding import Finding
from ..site.entry import Entry
from ..site.site import Related
from .ahead import MAX_FILES, Loading, load_now
from .cache import Cache
from .entries import Loader, LoadJob, save_changed_entries
from .options import Inputs, Options
from .scan import Index, save_index
from .site_plan import PlanMemory, PlannedPage, SharedParts, SitePlan, visible_digest
from .state import BuildState, PublishedFile, cached_template_digests
from .summary import Clock

if TYPE_CHECKING:
    from .kept_pages import PageKeeper

_PACKAGE = __name__.partition(".")[0]


def replan(
    options: Options,
    inputs: Inputs,
    records: Cache,
    last: BuildState,
    memory: PlanMemory,
    intact: Mapping[str, PublishedFile],
    digests: Mapping[str, str],
    clock: Clock,
    loaded_ahead: Loading,
    meanwhile: Iterable[object],
) -> SitePlan | None:
    """The plan of the site if only the own pages of a few content files have changed since the last
    build, of which `memory` is left; None where the whole site has to be planned. `digests` are
    those of `content_digests`; `loaded_ahead` waits for the files that are being loaded, and does
    some of `meanwhile`.

    Raises OSError where the cache cannot be written.
    """
    shared = memory.shared
    paths = _changed_files(memory, inputs, last, digests)
    # A suppression in site.yaml can be of use in any file.
    if shared is None or not paths or shared.config.ignore or len(intact) != len(last.files):
        return None
    # While the files are loaded, what renders pages is imported, and what comes later is read.
    from ..render.renderer import prepare
    from . import publish  # noqa: F401

    own_pages = _has_own_pages_only()
    records.open()
    last_findings = last.report.findings
    ahead = loaded_ahead(chain(prepare(inputs.theme, shared.config), meanwhile))
    if not ahead.files.keys() >= set(paths):
        ahead = load_now(options, inputs, paths)
    loader = Loader(options.content, shared.config, records, {}, ahead=ahead)
    entries = _load(loader, paths, digests)
    clock.lap("load")
    if entries is None:
        return None
    if _is_seen_elsewhere(memory, entries) or not own_pages or ahead.has_other_rules:
        return None
    from .kept_pages import PageKeeper  # see `_has_own_pages_only`

    keeper = PageKeeper(options.cache, last.content_key)
    templates = cached_template_digests(inputs.theme, inputs.code, options.cache / "templates")
    pages = _plan_pages(inputs, templates, memory, shared, entries, keeper)
    if not {page.path for page in pages} <= last.files.keys():
        keeper.close()
        return None
    save_changed_entries(options.cache, inputs.code, shared.config, entries)
    _save_index(options, inputs, digests)
    report = _merge(last_findings, _findings(memory, entries, loader), {*paths})
    plan = _as_plan(inputs, loader, last, memory, entries, pages, dict(digests), report)
    clock.lap("plan")
    return replace(plan, templates=templates, keeper=keeper)


def _as_plan(
    inputs: Inputs,
    loader: Loader,
    last: BuildState,
    memory: PlanMemory,
    entries: list[Entry],
    pages: tuple[PlannedPage, ...],
    digests: dict[str, str],
    report: FindingReport,
) -> SitePlan:
    """The plan of the site of the last build with the own pages of some entries planned again."""
    planned = {page.path for page in pages}
    records = memory.records | {entry.path: entry.record_digest for entry in entries}
    texts = {path: page._replace(record=records[path]) for path, page in memory.texts.items()}
    content_key = inputs.content_key(digests)
    left = replace(memory, digests=digests, records=records, texts=texts)
    encoded = msgspec.msgpack.encode(left.of_build(inputs.key(content_key), inputs))
    return SitePlan(
        loader=loader,
        config=loader.config,
        monographs=last.monographs,
        pages=pages,
        digests=digests,
        records=records,
        content_key=content_key,
        examined=lambda: (report, encoded),
        other_pages={
            path: file.key
            for path, file in last.files.items()
            if path not in planned and not file.is_text_index
        },
        texts=texts,
    )


def _save_index(options: Options, inputs: Inputs, digests: Mapping[str, str]) -> None:
    scan = inputs.content
    files = {path: (signature, digests[path]) for path, signature in scan.signatures.items()}
    save_index(options.cache / "index", Index(scan.taken, files, inputs.index.attachments))


def _changed_files(
    memory: PlanMemory, inputs: Inputs, last: BuildState, digests: Mapping[str, str]
) -> list[str]:
    """The content files that changed since the last build, in order; none where anything else may
    have changed, or where a rule about several files reads one of them whole."""
    if not memory.is_of(last, inputs) or memory.digests.keys() != digests.keys():
        return []
    paths = sorted(path for path in digests if memory.digests[path] != digests[path])
    are_pages = all(path in memory.visible and path not in memory.read for path in paths)
    return paths if are_pages and len(paths) <= MAX_FILES else []


def _load(loader: Loader, paths: list[str], digests: Mapping[str, str]) -> list[Entry] | None:
    """The entries of content files; None where one has changed again since it was looked at, or
    has no record."""
    entries: list[Entry] = []
    for path in paths:
        entry = loader.read(path)
        if isinstance(entry, LoadJob):  # it has changed again
            return None
        if entry.source_digest != digests[path] or not entry.record_digest:
            return None
        entries.append(entry)
    return entries


def _is_seen_elsewhere(memory: PlanMemory, entries: list[Entry]) -> bool:
    """Whether the rest of the site can tell that these entries have changed."""
    return any(
        visible_digest(entry, with_places=entry.path in memory.placed) != memory.visible[entry.path]
        for entry in entries
    )


def _has_own_pages_only() -> bool:
    """Whether all page kinds are those of this package: what others look at is not known."""
    from ..pages import page_kinds  # only where a file was changed

    modules = (kind.plan_pages.__module__ for kind in page_kinds())
    return all(module.partition(".")[0] == _PACKAGE for module in modules)


def _plan_pages(
    inputs: Inputs,
    templates: Mapping[str, str],
    memory: PlanMemory,
    shared: SharedParts,
    entries: list[Entry],
    keeper: PageKeeper,
) -> tuple[PlannedPage, ...]:
    """The own pages of entries. `templates` are those of `template_digests`."""
    from ..pages import plan_entry  # see `_has_own_pages_only`

    decode = msgspec.msgpack.Decoder(Related).decode
    related = {entry.path: decode(memory.related[entry.path]) for entry in entries}
    site = shared.site_of(related, inputs.theme.words)
    return tuple(
        keeper.planned(page, templates, inputs.code)
        for entry in entries
        for page in plan_entry(site, entry)
    )


def _findings(memory: PlanMemory, entries: list[Entry], loader: Loader) -> tuple[Finding, ...]:
    """The findings about the files of entries, after the policy."""
    decode = msgspec.msgpack.Decoder(tuple[Finding, ...]).decode
    across = [
        finding
        for entry in entries
        if entry.path in memory.across
        for finding in decode(memory.across[entry.path].found)
    ]
    by_path = {entry.path: entry for entry in entries}
    return findings_after_policy(by_path, across, loader.config, None, loader.source)


def _merge(last: tuple[Finding, ...], new: tuple[Finding, ...], paths: set[str]) -> FindingReport:
    """The findings of the last build with those about some files replaced, in order."""
    others = (finding for finding in last if finding.path not in paths)
    return FindingReport.of(sorted((*others, *new), key=attrgetter("path")))
