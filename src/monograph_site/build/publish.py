"""Planned pages → the output folder: pages that changed are rendered, in workers, and published."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..config import Config
from ..model.strings import digest
from ..pages.page import Artifact
from ..render.renderer import RenderJob, render, render_one_by_one
from ..render.theme import Theme
from .cache import Cache
from .compression import compressed_forms, original_of
from .entries import Loader
from .kept_blocks import KeptBlocks, kept_blocks, template_blocks
from .options import Inputs, Options
from .publication import Publication, StagedFile, Staging
from .site_plan import PlannedPage, SitePlan
from .smaller_pictures import SmallerPictures
from .state import BuildState, PublishedFile, TemplateBlocks
from .summary import Clock, PageTime
from .text_index import TextFiles, artifacts, changed_shards, make_shards
from .workers import cluster_at, return_free_memory, run_in_workers

if TYPE_CHECKING:
    from .cluster import Cluster

BATCH_SIZE = 32
"""Render tasks sent to a worker at a time."""
MAX_RENDERED_AHEAD = 100
"""With more pages, none is rendered before the findings are known."""


class PublishResult(Struct, frozen=True):
    """What publishing did."""

    rendered: tuple[str, ...]
    """Site paths, in the order of the pages."""
    removed: tuple[str, ...]
    """Site paths."""
    files: dict[str, tuple[str, str, bytes]]
    """Page key, content digest and blocks of every file of the site, by path (see `PublishedFile`)."""
    blocks: dict[str, TemplateBlocks]
    """See `BuildState.blocks`."""
    page_times: tuple[PageTime, ...]


def publish_site(
    options: Options,
    inputs: Inputs,
    plan: SitePlan,
    last: BuildState,
    intact: Mapping[str, PublishedFile],
    clock: Clock,
) -> PublishResult | None:
    """Render the pages that have no up-to-date file in `intact`, and publish the site; None where
    it may not be published. Few pages are rendered before that is known."""
    compressed = {
        path: original for path in last.files if (original := original_of(path, last.files))
    }
    changed = _changed_pages(options, plan, last, intact, compressed)
    if len(changed) > MAX_RENDERED_AHEAD:
        if not plan.may_publish(options):
            return None
        return_free_memory()  # that of the site, which has been planned
    try:
        return _publish(changed, compressed, options, inputs, plan, last, intact, clock)
    except Exception:
        if plan.may_publish(options):
            raise
        return None


def _publish(
    changed: list[PlannedPage],
    compressed: dict[str, str],
    options: Options,
    inputs: Inputs,
    plan: SitePlan,
    last: BuildState,
    intact: Mapping[str, PublishedFile],
    clock: Clock,
) -> PublishResult | None:
    """Render the changed pages, and publish the site. `compressed` are the compressed forms that the
    last build wrote, each with its original."""
    publication = Publication(
        options.output,
        {path: file.content for path, file in intact.items()},
        {path: file.content for path, file in last.files.items()},
    )
    page_times: list[PageTime] = []
    code = digest(inputs.code, "compressed") if options.compress else inputs.code
    text = changed_shards(plan.texts, code, last.files, intact, offline=plan.config.offline)
    places: dict[str, bytes] = {}
    try:
        blocks = template_blocks(plan, inputs, last)
        kept = kept_blocks(
            options.output, last.blocks if plan.only_templates else {}, blocks, intact
        )
        files = write_pages(changed, options, inputs, plan, publication.staging, kept, clock)
        for number, (planned, file) in enumerate(files, 1):
            for each in (file, *file.compressed):
                publication.accept(each, planned.order)
            if file.blocks:
                places[file.path] = file.blocks
            page_times.append(PageTime(_site_path(file.path), planned.page.template, file.seconds))
            clock.step("rendering", number, len(changed))
        clock.lap("render")
        if not plan.may_publish(options):
            return None
        text_keys = _write_text_index(text, plan, options, publication, clock)
        rendered = publication.digests
        keys = {path: key for path, key in plan.other_pages.items() if path not in compressed}
        keys |= {page.path: page.key for page in plan.pages}
        keys |= {path: file.key for path, file in text.kept.items()} | text_keys
        if options.compress:
            forms = compressed | {path: path[:-3] for path in rendered if path not in keys}
            keys |= {
                path: keys[original]
                for path, original in forms.items()
                if original in keys and (path in rendered or original not in rendered)
            }
        digests = {path: rendered.get(path) or intact[path].content for path in keys}
        others = {path: digest for path, digest in digests.items() if path not in rendered}
        places |= {path: intact[path].blocks for path in others}
        published = publication.commit(others)
    finally:
        publication.abandon()
    return PublishResult(
        tuple(_site_path(path) for path in rendered if path not in text_keys),
        tuple(map(_site_path, published.removed)),
        {path: (key, digests[path], places.get(path, b"")) for path, key in keys.items()},
        blocks,
        tuple(page_times),
    )


def _write_text_index(
    text: TextFiles, plan: SitePlan, options: Options, publication: Publication, clock: Clock
) -> dict[str, str]:
    """Index what has changed, and write it to the temporary folder: the keys of the files by path.

    Raises PagefindError and OutputError."""
    keys: dict[str, str] = {}
    if not text.shards:
        return keys
    pages = count(1)
    made = make_shards(
        text.shards,
        plan.loader.record_bytes,
        options.jobs,
        lambda: clock.step("indexing", next(pages), text.page_count),
    )
    for shard, files in made:
        for artifact, order in artifacts(files):
            forms = compressed_forms(artifact) if options.compress else ()
            for each in (artifact, *forms):
                publication.add(each, order)
                keys[each.path] = shard.key
    clock.lap("index")
    return keys


def _changed_pages(
    options: Options,
    plan: SitePlan,
    last: BuildState,
    intact: Mapping[str, PublishedFile],
    compressed: Mapping[str, str],
) -> list[PlannedPage]:
    """The pages to render: those that have changed or whose file is not intact. `compressed` are the
    compressed forms that the last build wrote, each with its original."""
    if options.compress and not last.compressed:
        return [*plan.pages]
    damaged = {original for path, original in compressed.items() if path not in intact}
    return [
        page
        for page in plan.pages
        if page.path not in intact
        or intact[page.path].key != page.key
        or (options.compress and page.path in damaged)
    ]


def _site_path(path: str) -> str:
    """The site path by which readers ask for a file of the site."""
    return f"/{path}".removesuffix("index.html")


class RenderTask(Struct, frozen=True):
    """Pages to render together, since they share a record."""

    number: int
    """Index of their group in `PageWriter.groups`."""
    url: str
    """For messages."""


class PageWriter(Struct, dict=True):
    """Renders pages and writes them to the temporary folder. Each worker has one: where it is
    forked, all it needs is in memory already."""

    groups: Sequence[Sequence[PlannedPage]]
    """Pages that share a record."""
    theme: Theme
    config: Config
    content: Path
    cache: Path
    records: Cache
    sources: Mapping[str, str]
    """Content paths by digest of the record."""
    staging: Staging
    kept_blocks: KeptBlocks
    compress: bool = False
    """Whether files get compressed forms."""

    def __call__(self, task: RenderTask) -> list[StagedFile]:
        """The files of a task's pages, in order."""
        return self.write(task.number, self._artifacts(self.groups[task.number]))

    def write(self, number: int, artifacts: Iterable[Artifact]) -> list[StagedFile]:
        """Write the pages of a group, in order."""
        files: list[StagedFile] = []
        start = time.perf_counter()
        for artifact in artifacts:
            name = f"{number:08}-{len(files)}"
            file = self.staging.write(artifact, name)
            if self.compress:
                forms = compressed_forms(artifact)
                written = (self.staging.write(form, name + form.path[-3:]) for form in forms)
                file = file._replace(compressed=tuple(written))
            end = time.perf_counter()
            files.append(file._replace(seconds=end - start))
            start = end
        return files

    def _artifacts(self, group: Sequence[PlannedPage]) -> Iterator[Artifact]:
        if _is_file(group):
            return iter((self.copy_file(group[0]),))
        return render_one_by_one(self.job_for(group), self.theme, self.config)

    def copy_file(self, planned: PlannedPage) -> Artifact:
        """The artifact of a picture or another file of the content."""
        return Artifact(planned.path, self._pictures.content_of(planned.page.data))

    def job_for(self, group: Sequence[PlannedPage]) -> RenderJob:
        """What it takes to render a group."""
        digest = group[0].page.record
        record = self._loader.record_bytes(digest, self.sources[digest]) if digest else b""
        kept = tuple(self.kept_blocks.of(planned.page) for planned in group)
        return RenderJob(tuple(planned.whole_page for planned in group), record, kept)

    @cached_property
    def _loader(self) -> Loader:
        # Two processes may not append to the same file of the cache.
        return Loader(self.content, self.config, self.records.beside(), {})

    @cached_property
    def _pictures(self) -> SmallerPictures:
        return SmallerPictures(self.content, self.cache)


def write_pages(
    pages: Sequence[PlannedPage],
    options: Options,
    inputs: Inputs,
    plan: SitePlan,
    staging: Staging,
    kept: KeptBlocks,
    clock: Clock,
) -> Iterator[tuple[PlannedPage, StagedFile]]:
    """Render pages and write them to the temporary folder: each page with its file, in order."""
    groups = [
        list(group)
        for _, group in groupby(pages, key=lambda planned: planned.page.record or planned.page.url)
    ]
    writer = PageWriter(
        groups,
        inputs.theme,
        plan.config,
        options.content,
        options.cache,
        plan.loader.records,
        plan.sources,
        staging,
        kept,
        options.compress,
    )
    cluster = cluster_at(options.executor)
    results = (
        _write_from_cluster(writer, cluster)
        if cluster
        else run_in_workers(
            writer,
            (RenderTask(number, group[0].page.url) for number, group in enumerate(groups)),
            jobs=options.jobs,
            batch_size=BATCH_SIZE,
            on_crash=clock.report_crash,
        )
    )
    for group, files in zip(groups, results, strict=True):
        yield from zip(group, files, strict=True)


def _is_file(group: Sequence[PlannedPage]) -> bool:
    return group[0].page.template == "file"


def _write_from_cluster(writer: PageWriter, cluster: Cluster) -> Iterator[list[StagedFile]]:
    """The files of each group, rendered by a cluster and written here, where the folders are."""
    rendered = run_in_workers(
        partial(render, theme=writer.theme, config=writer.config),
        (writer.job_for(group) for group in writer.groups if not _is_file(group)),
        jobs=cluster.workers,
        batch_size=BATCH_SIZE,
        executor=cluster,
    )
    for number, group in enumerate(writer.groups):
        artifacts = [writer.copy_file(group[0])] if _is_file(group) else next(rendered)
        yield writer.write(number, artifacts)
