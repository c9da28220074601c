"""Planned pages → the output folder: what is not there already is rendered, in workers, and
published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..config import Config
from ..pages.page import Artifact
from ..render.renderer import Job, render
from ..render.theme import Theme
from .cache import Cache
from .options import Inputs, Options
from .plan import Planned, SitePlan
from .publication import Order, Publication
from .state import PublishedFile
from .summary import Clock
from .workers import run

_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What publishing did."""

    rendered: tuple[str, ...]
    """Site paths, in the order of the pages."""
    removed: tuple[str, ...]
    """Site paths."""
    files: dict[str, tuple[str, str]]
    """Page key and content digest of every file of the site."""


def publish(
    options: Options,
    now: Inputs,
    made: SitePlan,
    sound: Mapping[str, PublishedFile],
    records: Cache,
    clock: Clock,
) -> PublishResult:
    """Render the pages that are not in `sound`, and put the site in its place."""
    wanted = [
        page for page in made.pages if page.path not in sound or sound[page.path].key != page.key
    ]
    publication = Publication(options.output)
    try:
        for count, (artifact, order) in enumerate(
            render_all(wanted, options, now, made, records), 1
        ):
            publication.add(artifact, order)
            clock.step("rendering", count, len(wanted))
        clock.lap("render")
        new = publication.digests
        contents = {
            page.path: new.get(page.path) or sound[page.path].content for page in made.pages
        }
        done = publication.commit(
            {path: value for path, value in contents.items() if path not in new}
        )
    finally:
        publication.abandon()
    files = {page.path: (page.key, contents[page.path]) for page in made.pages}
    return PublishResult(
        tuple(_shown(page.path) for page in wanted), tuple(map(_shown, done.removed)), files
    )


def _shown(path: str) -> str:
    """A file of the site as a reader asks for it."""
    return f"/{path}".removesuffix("index.html")


@dataclass(frozen=True, slots=True)
class Task:
    """A rendering job on its way to a worker."""

    job: Job
    theme: Theme
    config: Config

    @property
    def url(self) -> str:
        """For messages."""
        return self.job.url


def render_task(task: Task) -> list[Artifact]:
    """Runs in a worker."""
    return render(task.job, task.theme, task.config)


def render_all(
    wanted: Sequence[Planned], options: Options, now: Inputs, made: SitePlan, records: Cache
) -> Iterator[tuple[Artifact, Order]]:
    """The artifacts of pages, in their order; pages that share a record are rendered together."""
    sources = {entry.record_digest: entry.path for entry in made.entries}
    groups = [
        list(some) for _, some in groupby(wanted, key=lambda one: one.page.record or one.page.url)
    ]

    def tasks() -> Iterator[Task]:
        for some in groups:
            record = some[0].page.record
            data = made.loader.record_bytes(record, sources[record]) if record else b""
            yield Task(Job(tuple(one.page for one in some), data), now.theme, made.site.config)

    for some, artifacts in zip(
        groups, run(render_task, tasks(), jobs=options.jobs, batch_size=_AT_ONCE), strict=True
    ):
        yield from zip(artifacts, (one.order for one in some), strict=True)
