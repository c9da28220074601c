"""One edit: only the pages of the files that changed are planned, where nothing else in the site
can show the change.

A published plan leaves behind a digest of what the rest of the site can see of each content file:
what other pages show, and what the rules about several files read (`visible_digest`). Where that
has not changed, all other pages and the findings about other files are those of the last build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

import msgspec

from ..model.finding import Finding
from ..site.site import Entry, Related
from .cache import Cache, read_decoded
from .entries import Loader, LoadJob, load_file, save_changed_entries
from .options import Inputs, Options
from .scan import Index, save_index
from .site_plan import PlanMemory, PlannedPage, SharedParts, SitePlan, visible_digest
from .state import BuildState, PublishedFile, cached_template_digests
from .summary import Clock

MAX_CHANGED_FILES = 16
"""With more changed files, the whole site is planned."""
_PACKAGE = __name__.partition(".")[0]


def replan(
    options: Options,
    inputs: Inputs,
    records: Cache,
    last: BuildState,
    intact: Mapping[str, PublishedFile],
    digests: Mapping[str, str],
    clock: Clock,
) -> SitePlan | None:
    """The plan of the site if only the own pages of a few content files have changed since the last
    build; None where the whole site has to be planned. `digests` are those of `content_digests`.

    Raises OSError where the cache cannot be written.
    """
    memory = read_decoded(options.cache / "plan", PlanMemory, PlanMemory())
    shared = memory.shared
    paths = _changed_files(memory, inputs, last, digests)
    # A suppression in site.yaml can be of use in any file.
    if shared is None or not paths or shared.config.ignore or len(intact) != len(last.files):
        return None
    loader = Loader(options.content, shared.config, records, {})
    entries = _load(loader, paths, digests)
    clock.lap("load")
    if entries is None:
        return None
    save_changed_entries(options.cache, inputs.code, shared.config, entries)
    if _is_seen_elsewhere(memory, entries) or not _knows_all_plug_ins():
        return None
    pages = _plan_pages(options, inputs, memory, shared, entries)
    planned = {page.path for page in pages}
    if not planned <= last.files.keys():
        return None
    scan, all_digests = inputs.content, dict(digests)
    files = {path: (signature, digests[path]) for path, signature in scan.signatures.items()}
    save_index(options.cache / "index", Index(scan.taken, files, inputs.index.attachments))
    all_records = memory.records | {entry.path: entry.record_digest for entry in entries}
    texts = {path: page._replace(record=all_records[path]) for path, page in memory.texts.items()}
    plan = SitePlan(
        loader=loader,
        config=shared.config,
        monographs=last.monographs,
        pages=pages,
        digests=all_digests,
        records=all_records,
        findings=_merge(last.report.findings, _findings(memory, entries, loader), {*paths}),
        memory=replace(memory, digests=all_digests, records=all_records, texts=texts),
        other_pages={
            path: file.key
            for path, file in last.files.items()
            if path not in planned and not file.is_text_index
        },
        texts=texts,
    )
    clock.lap("plan")
    return plan


def _changed_files(
    memory: PlanMemory, inputs: Inputs, last: BuildState, digests: Mapping[str, str]
) -> list[str]:
    """The content files that changed since the last build, in order; none where anything else may
    have changed, or where a rule about several files reads one of them whole."""
    is_of_last_build = memory.key and memory.key == last.key == inputs.key(memory.digests)
    if not is_of_last_build or memory.digests.keys() != digests.keys():
        return []
    paths = sorted(path for path in digests if memory.digests[path] != digests[path])
    are_pages = all(path in memory.visible and path not in memory.read for path in paths)
    return paths if are_pages and len(paths) <= MAX_CHANGED_FILES else []


def _load(loader: Loader, paths: list[str], digests: Mapping[str, str]) -> list[Entry] | None:
    """The entries of content files; None where one has changed again since it was looked at, or
    has no record."""
    entries: list[Entry] = []
    for path in paths:
        job = loader.read(path)
        if not isinstance(job, LoadJob) or job.digest != digests[path]:
            return None
        entry, record = load_file(job)
        if not record:
            return None
        loader.accept(entry, record)
        entries.append(entry)
    return entries


def _is_seen_elsewhere(memory: PlanMemory, entries: list[Entry]) -> bool:
    """Whether the rest of the site can tell that these entries have changed."""
    return any(
        visible_digest(entry, with_places=entry.path in memory.placed) != memory.visible[entry.path]
        for entry in entries
    )


def _knows_all_plug_ins() -> bool:
    """Whether all page kinds and all rules about several files are those of this package: what
    others look at is not known."""
    from ..pages import PAGE_KINDS  # with the rules, only where a file was loaded
    from ..rules import SITE_RULES

    functions = (
        *(kind.plan_pages for kind in PAGE_KINDS.values()),
        *(rule.check for rule in SITE_RULES.values()),
    )
    return all(function.__module__.partition(".")[0] == _PACKAGE for function in functions)


def _plan_pages(
    options: Options, inputs: Inputs, memory: PlanMemory, shared: SharedParts, entries: list[Entry]
) -> tuple[PlannedPage, ...]:
    """The own pages of entries."""
    from ..pages import plan_entry  # see `_knows_all_plug_ins`
    from ..render.page_key import page_key

    decode = msgspec.msgpack.Decoder(Related).decode
    related = {entry.path: decode(memory.related[entry.path]) for entry in entries}
    site = shared.site_of(related, inputs.theme.words)
    templates = cached_template_digests(inputs.theme, inputs.code, options.cache / "templates")
    return tuple(
        PlannedPage(page, page_key(page, templates, inputs.code))
        for entry in entries
        for page in plan_entry(site, entry)
    )


def _findings(memory: PlanMemory, entries: list[Entry], loader: Loader) -> tuple[Finding, ...]:
    """The findings about the files of entries, after the policy."""
    from ..check.inspect import findings_after_policy  # see `_knows_all_plug_ins`

    decode = msgspec.msgpack.Decoder(tuple[Finding, ...]).decode
    across = [
        finding
        for entry in entries
        if entry.path in memory.across
        for finding in decode(memory.across[entry.path])
    ]
    by_path = {entry.path: entry for entry in entries}
    return findings_after_policy(by_path, across, loader.config, None, loader.source)


def _merge(
    last: tuple[Finding, ...], new: tuple[Finding, ...], paths: set[str]
) -> tuple[Finding, ...]:
    """The findings of the last build with those about some files replaced, in order."""
    others = (finding for finding in last if finding.path not in paths)
    return tuple(sorted((*others, *new), key=attrgetter("path")))
