"""Entries → the site and all its pages, each page with its key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ..check.after_policy import findings_after_policy
from ..check.report import FindingReport
from ..config import Config
from ..model.attachment import Attachment
from ..model.files import is_racy
from ..pages import plan_pages, reserved_addresses
from ..pages.monograph import artifact_paths
from ..pages.page import Page
from ..render.page_key import page_key
from ..render.theme import asset_paths
from ..site.addresses import absolute
from ..site.catalogue import site
from ..site.entry import Entry
from ..site.full_text import text_pages
from ..site.site import Site
from .ahead import Loading, Preparation, nothing_ahead
from .attachments import AttachmentReader
from .cache import Cache, write_atomically
from .data_files import DataFiles
from .entries import Loader, load_entries
from .kept_pages import PageKeeper
from .options import Inputs, Options
from .page_groups import PageGroups
from .scan import Index, save_index
from .site_plan import (
    NEXT_MEMORY,
    FoundAcross,
    PlanMemory,
    PlannedPage,
    SitePlan,
    encode_related,
    remember,
    shared_parts,
    shown_findings,
    with_known_lines,
)
from .smaller_pictures import SmallerPictures
from .state import BuildState, cached_config, cached_template_digests
from .summary import Clock
from .workers import start_beside

if TYPE_CHECKING:
    from ..check.inspect import FindingsAcrossFiles

Result = TypeVar("Result")

NO_BUILD, NOTHING_REMEMBERED = BuildState(), PlanMemory()
MANUAL_ID = "findings"
"""The `id` of the page that `rules --format markdown` writes."""


def plan_site(
    options: Options,
    inputs: Inputs,
    records: Cache,
    clock: Clock,
    *,
    publishes: bool = True,
    last: BuildState = NO_BUILD,
    memory: PlanMemory = NOTHING_REMEMBERED,
    intact: Collection[str] = (),
    loaded_ahead: Loading = nothing_ahead,
    preparation: Preparation | None = None,
) -> SitePlan:
    """Load the files that changed, and plan every page. Where nothing will be published
    (`publishes`), no smaller pictures are made. `memory` is what the `last` build has left: where
    only templates have changed since, its findings are kept; where only content has and all its
    files are `intact`, the pages that show none of the change are not planned again. `loaded_ahead`
    waits for the files that are being loaded. `preparation` may have begun meanwhile.

    Raises WorkerCrashed, WrongAddress, and OSError where a content file changes meanwhile or the
    cache cannot be written.
    """
    settings = inputs.settings
    config, config_findings = cached_config(settings, options, inputs.code)
    clock.lap("read")
    preparation = preparation or Preparation(options, inputs)
    known = preparation.entries()
    data = DataFiles(options.content, config, options.cache / "data", inputs.code)
    scan = data.read(inputs.content, settings.source)
    ahead = loaded_ahead(preparation.steps)
    loader = Loader(options.content, config, records, known, data, ahead)
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
        reserved_addresses(config),
        files,
        settings=settings.source,
        own_words=inputs.theme.words,
    )
    records_by_path = {entry.path: entry.record_digest for entry in entries if entry.record_digest}
    in_files = (entry for entry in entries if entry.path not in data.items)
    digests = attachment_digests | {entry.path: entry.source_digest for entry in in_files}
    content_key = inputs.content_key(digests)
    key = inputs.key(content_key)
    before = memory if memory.is_of(last, inputs) else NOTHING_REMEMBERED

    def examine() -> bytes:
        others = (*inputs.content.faults, *config_findings, *data.findings)
        across = _findings_across(options, planned_site, loader)
        found = with_known_lines(across.findings, before, digests, loader.source)
        same = _same_findings(config, before, digests, found) - {item.path for item in others}
        judged = findings_after_policy(
            {entry.path: entry for entry in entries if entry.path not in same},
            (*others, *shown_findings({path: found[path] for path in found.keys() - same})),
            config,
            settings.source,
            loader.source,
        )
        of_last = (item for item in last.report.findings if item.path in same) if same else ()
        findings = sorted((*judged, *of_last), key=attrgetter("path"))
        left = PlanMemory()
        # An edit of a data file may be one of any number of entries: the site is planned as a whole.
        if publishes and not config.data_collections:
            left = remember(before, planned_site, digests, records_by_path, across, found, related)
        if publishes:
            encoded = msgspec.msgpack.encode(left.of_build(key, inputs))
            write_atomically(options.cache / NEXT_MEMORY, encoded)
        return msgspec.msgpack.encode((FindingReport.of(findings), None))

    related = encode_related(planned_site)  # before the fork: both processes need it
    kept = _kept_findings(last, memory, key, content_key, inputs)
    # Neither findings nor pages need the other.
    examined = start_beside(lambda: kept or examine(), jobs=1 if kept else options.jobs)
    templates = cached_template_digests(inputs.theme, inputs.code, options.cache / "templates")
    unplanned: dict[str, tuple[str, ...]] = {}
    is_known = before.shared is not None and len(intact) == len(last.files)
    published = last.files if is_known else {}
    if published:
        unplanned = dict(_unchanged_entries(planned_site, before, last, digests, related))
    other_pages = {path: last.files[path].key for paths in unplanned.values() for path in paths}
    changed = tuple(entry for entry in planned_site.entries if entry.path not in unplanned)
    keeper = PageKeeper(options.cache, last.content_key, other_pages) if publishes else None
    plan_page = keeper.planned if keeper else _planned
    groups = PageGroups(options.cache / "groups", planned_site, inputs, published)
    planned_pages = tuple(
        plan_page(page, templates, inputs.code)
        for page in plan_pages(planned_site, changed, groups.plan)
    )
    other_pages |= groups.unplanned
    if publishes:
        groups.save(planned_pages)
    clock.lap("plan")
    return SitePlan(
        loader=Loader(options.content, config, records, {}, data),
        config=config,
        monographs=len(planned_site.entries),
        pages=planned_pages,
        digests=digests,
        content_key=content_key,
        records=records_by_path,
        examined=_asked_once(lambda: _decode_examined(examined())),
        other_pages=other_pages,
        own_pages={entry.path: (entry.url, entry.title) for entry in planned_site.entries},
        texts=text_pages(planned_site),
        manual_url=_manual_url(planned_site),
        templates=templates,
        keeper=keeper,
    )


def _findings_across(options: Options, planned_site: Site, loader: Loader) -> FindingsAcrossFiles:
    """The findings about several files together."""
    from ..check.inspect import findings_across_files  # the rules, which planning does not need

    # Two processes may not append to the same file of the cache.
    beside = Loader(options.content, loader.config, loader.records.beside(), {}, loader.data)

    across = findings_across_files(planned_site, options.as_of, beside.record_bytes)
    beside.records.close()
    return across


def _same_findings(
    config: Config,
    memory: PlanMemory,
    digests: Mapping[str, str],
    found: Mapping[str, FoundAcross],
) -> set[str]:
    """The paths of the content files whose findings, after the policy, are those of the last build;
    `found` are the findings about several files (see `with_known_lines`)."""
    if config.ignore or config.data_collections:  # a suppression there can be of use in any file
        return set()
    return {
        path
        for path in memory.visible
        if memory.digests[path] == digests.get(path) and found.get(path) is memory.across.get(path)
    }


def _planned(page: Page, templates: Mapping[str, str], code: str) -> PlannedPage:
    return PlannedPage(page, page_key(page, templates, code))


def _asked_once(function: Callable[[], Result]) -> Callable[[], Result]:
    """The function, called when its result is first asked for, and then forgotten with all that it
    refers to: the site is not in memory while pages are rendered."""
    waiting = [function]
    results: list[Result] = []

    def result() -> Result:
        if not results:
            results.append(waiting[0]())
            waiting.clear()
        return results[0]

    return result


def _decode_examined(encoded: bytes) -> tuple[FindingReport, bytes]:
    kinds = tuple[FindingReport, PlanMemory | None]
    report, memory = msgspec.msgpack.decode(encoded, type=kinds)
    return report, msgspec.msgpack.encode(memory) if memory else b""


def _unchanged_entries(
    planned_site: Site,
    memory: PlanMemory,
    last: BuildState,
    digests: Mapping[str, str],
    related: Mapping[str, bytes],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The content paths of the entries whose own pages show nothing that has changed since the last
    build, each with the paths of these pages."""
    if memory.shared is None or memory.shared != shared_parts(planned_site):
        return
    for entry in planned_site.entries:
        path = entry.path
        if digests[path] == memory.digests.get(path) and (
            related.get(path, b"") == bytes(memory.related.get(path, b""))
        ):
            pages = artifact_paths(entry)
            if last.files.keys() >= {*pages}:
                yield path, pages


def _kept_findings(
    last: BuildState, memory: PlanMemory, key: str, content_key: str, inputs: Inputs
) -> bytes | None:
    """What `examine` gives in a build with a key, where the last build had the same content and
    settings; else None."""
    if not last.key or last.content_key != content_key or memory.key != last.key:
        return None
    return msgspec.msgpack.encode((last.report, memory.of_build(key, inputs)))


def _manual_url(planned_site: Site) -> str:
    """See `Summary.manual_url`."""
    entries = planned_site.entries
    page = next((entry for entry in entries if (entry.kind, entry.id) == ("page", MANUAL_ID)), None)
    return absolute(planned_site.config, page.url) if page else ""


def _resolve_attachments(
    options: Options,
    inputs: Inputs,
    entries: tuple[Entry, ...],
    static: tuple[str, ...],
    data: DataFiles,
) -> tuple[dict[str, Attachment], dict[str, str]]:
    """The attachment of each reference, and the digests of all pictures, other files and data files,
    '' for those that nothing refers to, by path. The index of all files is saved for the next run."""
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
