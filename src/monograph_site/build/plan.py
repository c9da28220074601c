"""Entries → the site and all its pages, each page with its key."""

from __future__ import annotations

from ..check.inspect import findings_across_files, findings_after_policy
from ..model.attachment import Attachment
from ..model.files import is_racy
from ..pages import plan_pages, reserved_addresses
from ..render.page_key import page_key
from ..render.theme import asset_paths
from ..site.addresses import absolute
from ..site.catalogue import site
from ..site.full_text import text_pages
from ..site.site import Entry, Site
from .attachments import AttachmentReader
from .cache import Cache, read_decoded
from .data_files import DataFiles
from .entries import Loader, load_entries, load_saved_entries
from .kept_pages import PageKeeper
from .options import Inputs, Options
from .scan import Index, save_index
from .site_plan import PlanMemory, PlannedPage, SitePlan, remember
from .smaller_pictures import SmallerPictures
from .state import BuildState, cached_config, cached_template_digests
from .summary import Clock

MANUAL_ID = "findings"
"""The `id` of the page that `rules --format markdown` writes."""


def plan_site(
    options: Options,
    inputs: Inputs,
    records: Cache,
    clock: Clock,
    *,
    publishes: bool = True,
    last: BuildState | None = None,
) -> SitePlan:
    """Load the files that changed, and plan every page. Where nothing will be published
    (`publishes`), no smaller pictures are made. Where only templates have changed since the `last`
    build, its findings are kept.

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
        reserved_addresses(config),
        files,
        settings=settings.source,
        own_words=inputs.theme.words,
    )
    templates = cached_template_digests(inputs.theme, inputs.code, options.cache / "templates")
    keeper = PageKeeper(options.cache) if publishes else None
    key = keeper.key if keeper else page_key
    planned_pages = tuple(
        PlannedPage(page, key(page, templates, inputs.code)) for page in plan_pages(planned_site)
    )
    records_by_path = {entry.path: entry.record_digest for entry in entries if entry.record_digest}
    in_files = (entry for entry in entries if entry.path not in data.items)
    digests = attachment_digests | {entry.path: entry.source_digest for entry in in_files}
    memory = _memory_of_same_content(options, last, inputs.content_key(digests)) if last else None
    if last and memory:
        findings = last.report.findings
    else:
        across = findings_across_files(planned_site, options.as_of, loader.record_bytes)
        findings = findings_after_policy(
            {entry.path: entry for entry in entries},
            (*inputs.content.faults, *config_findings, *data.findings, *across.findings),
            config,
            settings.source,
            loader.source,
        )
        memory = PlanMemory()
        # An edit of a data file may be one of any number of entries: the site is planned as a whole.
        if publishes and not config.data_collections:
            memory = remember(planned_site, digests, records_by_path, across)
    clock.lap("plan")
    return SitePlan(
        loader=loader,
        config=config,
        monographs=len(planned_site.entries),
        pages=planned_pages,
        digests=digests,
        records=records_by_path,
        findings=findings,
        memory=memory,
        texts=text_pages(planned_site),
        manual_url=_manual_url(planned_site),
        keeper=keeper,
    )


def _memory_of_same_content(
    options: Options, last: BuildState, content_key: str
) -> PlanMemory | None:
    """What the last build remembered of its plan, where it had the same content and settings; else
    None."""
    if last.content_key != content_key:
        return None
    memory = read_decoded(options.cache / "plan", PlanMemory, PlanMemory())
    return memory if memory.key == last.key else None


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
