"""Planned pages → the output folder: pages that changed are rendered, in workers, and published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..config import Config
from ..pages.page import Artifact
from ..render.renderer import RenderJob, render
from ..render.theme import Theme
from .attachments import read_attachment
from .options import Inputs, Options
from .plan import PlannedPage, SitePlan
from .publication import Order, Publication
from .state import PublishedFile
from .summary import Clock
from .workers import run_in_workers

BATCH_SIZE = 32
"""Render tasks sent to a worker at a time."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What publishing did."""

    rendered: tuple[str, ...]
    """Site paths, in the order of the pages."""
    removed: tuple[str, ...]
    """Site paths."""
    files: dict[str, tuple[str, str]]
    """Page key and content digest of every file of the site, by path."""


def publish_site(
    options: Options,
    inputs: Inputs,
    plan: SitePlan,
    intact: Mapping[str, PublishedFile],
    clock: Clock,
) -> PublishResult:
    """Render the pages that have no up-to-date file in `intact`, and publish the site."""
    changed = [
        page for page in plan.pages if page.path not in intact or intact[page.path].key != page.key
    ]
    publication = Publication(options.output)
    try:
        artifacts = _artifacts(changed, options, inputs, plan)
        for count, (artifact, order) in enumerate(artifacts, 1):
            publication.add(artifact, order)
            clock.step("rendering", count, len(changed))
        clock.lap("render")
        rendered = publication.digests
        digests = {
            page.path: rendered.get(page.path) or intact[page.path].content for page in plan.pages
        }
        kept = {path: digest for path, digest in digests.items() if path not in rendered}
        published = publication.commit(kept)
    finally:
        publication.abandon()
    return PublishResult(
        tuple(_site_path(page.path) for page in changed),
        tuple(map(_site_path, published.removed)),
        {page.path: (page.key, digests[page.path]) for page in plan.pages},
    )


def _artifacts(
    pages: Sequence[PlannedPage], options: Options, inputs: Inputs, plan: SitePlan
) -> Iterator[tuple[Artifact, Order]]:
    """The artifacts of pages: first those that are copies of files, one at a time, since they need
    no worker; then the rendered ones."""
    for planned in pages:
        if planned.page.template == "file":
            data = planned.page.data
            content = read_attachment(options.content, data["path"], data["digest"])
            yield Artifact(planned.path, content), planned.order
    rendered = [planned for planned in pages if planned.page.template != "file"]
    yield from render_pages(rendered, options, inputs, plan)


def _site_path(path: str) -> str:
    """The site path by which readers ask for a file of the site."""
    return f"/{path}".removesuffix("index.html")


@dataclass(frozen=True, slots=True)
class RenderTask:
    """A rendering job, with everything a worker needs for it."""

    job: RenderJob
    theme: Theme
    config: Config

    @property
    def url(self) -> str:
        """For messages."""
        return self.job.url


def run_render_task(task: RenderTask) -> list[Artifact]:
    """The artifacts of a task. Runs in a worker."""
    return render(task.job, task.theme, task.config)


def render_pages(
    pages: Sequence[PlannedPage], options: Options, inputs: Inputs, plan: SitePlan
) -> Iterator[tuple[Artifact, Order]]:
    """The artifacts of pages, in their order. Consecutive pages that share a record are rendered
    together."""
    sources = {entry.record_digest: entry.path for entry in plan.entries}
    groups = [
        list(group)
        for _, group in groupby(pages, key=lambda planned: planned.page.record or planned.page.url)
    ]

    def tasks() -> Iterator[RenderTask]:
        for group in groups:
            digest = group[0].page.record
            record = plan.loader.record_bytes(digest, sources[digest]) if digest else b""
            job = RenderJob(tuple(planned.page for planned in group), record)
            yield RenderTask(job, inputs.theme, plan.site.config)

    results = run_in_workers(run_render_task, tasks(), jobs=options.jobs, batch_size=BATCH_SIZE)
    for group, artifacts in zip(groups, results, strict=True):
        yield from zip(artifacts, (planned.order for planned in group), strict=True)
