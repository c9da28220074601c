"""The pipeline: what there is → what changed → records → site → pages → bytes → build/."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import output, scan, state
from .cache import Cache
from .options import Inputs, Options, read_inputs
from .state import PublishedFile
from .summary import Clock, Progress, Summary

Say = Callable[[str], None]


def build(options: Options, say: Say = lambda _: None, progress: Progress | None = None) -> Summary:
    """Build the site. Errors in the content are in the summary; what else goes wrong is raised
    (OutputError, ThemeError, RenderError, WorkerCrashed, OSError). Nothing of that leaves the
    output half-written."""
    clock = Clock(progress)
    output.check(
        options.output,
        {"content": options.content, "templates": options.templates, "cache": options.cache},
    )
    with output.locked(
        options.output,
        lambda: say("another build is writing to this folder; waiting for it to end"),
    ):
        now = read_inputs(options)
        before = state.load(options.cache / "state", options.output)
        sound = state.sound(before, options.output)
        same = before.key and before.key == now.key(scan.digests(options.content, now.found))
        clock.lap("read")
        if same and len(sound) == len(before.files):
            return Summary(
                before.monographs, len(sound), before.findings, True, seconds=clock.seconds
            )
        return _build(options, now, sound, clock)


def check(options: Options, progress: Progress | None = None) -> Summary:
    """The same program, stopped before rendering. Raises ThemeError, WorkerCrashed and OSError."""
    clock, now = Clock(progress), read_inputs(options)
    before = state.load_checked(options.cache / "checked")
    if before.key and before.key == now.key(scan.digests(options.content, now.found)):
        clock.lap("read")
        return Summary(
            before.monographs, before.pages, before.findings, False, seconds=clock.seconds
        )
    from .plan import plan  # see `_build`

    records = Cache(options.cache / "records")
    made = plan(options, now, records, clock)
    records.close()
    checked = state.Checked(
        now.key(made.digests), len(made.site.entries), len(made.pages), made.findings
    )
    state.save(options.cache / "checked", checked)
    return Summary(
        checked.monographs, checked.pages, checked.findings, False, seconds=clock.seconds
    )


def _build(
    options: Options, now: Inputs, sound: Mapping[str, PublishedFile], clock: Clock
) -> Summary:
    """What a build does when something changed."""
    from .plan import plan  # the same
    from .publish import (
        publish,
    )  # parsers and templates: a build with nothing to do must not pay for importing them

    records = Cache(options.cache / "records")
    made = plan(options, now, records, clock)
    if made.has_errors and not options.keep_going:
        records.close()
        return Summary(
            len(made.site.entries), len(made.pages), made.findings, False, seconds=clock.seconds
        )
    done = publish(options, now, made, sound, records, clock)
    key = now.key(made.digests)
    kept = state.published(key, options.output, done.files, len(made.site.entries), made.findings)
    state.save(options.cache / "state", kept)
    records.sweep({entry.record_digest for entry in made.entries})
    records.close()
    clock.lap("publish")
    return Summary(
        len(made.site.entries),
        len(made.pages),
        made.findings,
        True,
        done.rendered,
        done.removed,
        clock.seconds,
    )
