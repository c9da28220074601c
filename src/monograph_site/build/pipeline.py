"""The pipeline: inputs → records → site → pages → bytes → the output folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..check.report import FindingReport
from ..model.finding import ordered
from .cache import Cache
from .options import Inputs, Options, read_inputs
from .output import check_output_folder, locked_output
from .scan import content_digests
from .state import (
    BuildState,
    CheckState,
    PublishedFile,
    build_state,
    cached_config,
    intact_files,
    load_build_state,
    load_check_state,
    save_state,
)
from .summary import Clock, Notify, Progress, Summary
from .workers import cluster_at


def build(
    options: Options,
    notify: Notify = lambda _: None,
    progress: Progress | None = None,
    explain: str = "",
) -> Summary:
    """Build the site. `notify` is told why the page at the site path `explain` was rendered or was
    not.

    Errors in the content are findings in the summary; then nothing is published, unless
    `options.keep_going`. Other errors are raised: a `MonographError` (an output folder that cannot
    be used, a theme or template with an error, a worker that died, no such cluster) or OSError. The output is then
    as it was, or complete again after the next build.
    """
    clock = Clock(progress, notify)
    if cluster := cluster_at(options.executor):
        options = replace(options, jobs=cluster.workers)
    check_output_folder(
        options.output,
        {"content": options.content, "templates": options.templates, "cache": options.cache},
    )
    with locked_output(
        options.output,
        lambda: notify("another build is writing to this folder; waiting for it to finish"),
    ):
        inputs = read_inputs(options)
        last = load_build_state(options.cache / "state", options.output)
        intact = intact_files(last, options.output)
        digests = _digests_to_compare(options, inputs, last.key)
        is_same = last.key and last.key == inputs.key(digests)
        clock.lap("read")
        if is_same and len(intact) == len(last.files) and not explain:
            pages = sum(not file.is_text_index for file in intact.values())
            return Summary(
                last.monographs, pages, last.report, published=True, seconds=clock.seconds
            )
        return _build(options, inputs, last, intact, digests, clock, explain)


def check(options: Options, progress: Progress | None = None) -> Summary:
    """Check the content and the site's own templates: the same as `build`, without publishing.

    Raises a `MonographError` (a theme that cannot be read, a worker that died) or OSError.
    """
    clock, inputs = Clock(progress), read_inputs(options)
    state = load_check_state(options.cache / "checked")
    digests = _digests_to_compare(options, inputs, state.key)
    if state.key and state.key == inputs.key(digests):
        clock.lap("read")
    else:
        state = _check(options, inputs, clock)
        save_state(options.cache / "checked", state)
    return Summary(
        state.monographs,
        state.pages,
        state.report,
        published=False,
        seconds=clock.seconds,
        manual_url=state.manual_url,
    )


def check_text(options: Options, path: str, content: bytes) -> Summary:
    """Check one text as if it was the file at a content path, after the policy of that text and of
    site.yaml. Findings about several files together need `check`.

    Raises a `MonographError` or OSError.
    """
    from ..check.inspect import findings_of_text  # see `_build`
    from .load import load_bytes

    clock, inputs = Clock(), read_inputs(options)
    config, _ = cached_config(inputs.settings, options, inputs.code)
    loaded = load_bytes(path, content, config)
    findings = findings_of_text(path, loaded, config)
    clock.lap("load")
    pages = int(loaded.monograph is not None)
    return Summary(pages, pages, FindingReport.of(findings), published=False, seconds=clock.seconds)


def _digests_to_compare(options: Options, inputs: Inputs, last_key: str) -> dict[str, str]:
    """The digests of the content, for comparing it with the run that had this key. Where there was
    none (''), no file is read for them."""
    return content_digests(options.content, inputs.content, inputs.index) if last_key else {}


def _check(options: Options, inputs: Inputs, clock: Clock) -> CheckState:
    """What a check does when something changed."""
    from .plan import plan_site  # see `_build`
    from .template_findings import find_template_faults

    records = Cache(options.cache / "records")
    site_plan = plan_site(options, inputs, records, clock, publishes=False)
    findings = (*site_plan.findings, *find_template_faults(options, inputs, site_plan))
    records.close()
    return CheckState(
        inputs.key(site_plan.digests),
        site_plan.monographs,
        len(site_plan.pages),
        FindingReport.of(ordered(findings)),
        site_plan.manual_url,
    )


def _build(
    options: Options,
    inputs: Inputs,
    last: BuildState,
    intact: Mapping[str, PublishedFile],
    digests: Mapping[str, str],
    clock: Clock,
    explain: str,
) -> Summary:
    """What a build does when something changed. `intact` are the files of the last build that are
    still as they were published; `digests` are those of the content."""
    # Parsers and templates: a build in which nothing changed need not import them.
    from .kept_pages import replan_templates
    from .moved import follow_addresses
    from .publish import publish_site
    from .replan import replan

    records = Cache(options.cache / "records")
    plan = None
    if not explain:
        plan = replan_templates(options, inputs, records, last, intact, digests)
    if plan is None and not explain:
        plan = replan(options, inputs, records, last, intact, digests, clock)
    if plan is None:
        from .plan import plan_site  # all of the site, which few edits need

        plan = plan_site(options, inputs, records, clock, last=last)
    pages = len(plan.pages) + len(plan.other_pages)
    report = FindingReport.of(plan.findings)
    is_withheld = report.has_errors and not options.keep_going
    if explain:
        from .reasons import explain_page  # only for this option

        clock.notify(explain_page(explain, plan.pages, last.files, intact, withheld=is_withheld))
    if is_withheld:
        if plan.keeper:
            plan.keeper.close()
        records.close()
        return Summary(plan.monographs, pages, report, published=False, seconds=clock.seconds)
    result = publish_site(options, inputs, plan, last, intact, clock)
    moved = follow_addresses(plan, options.content, options.cache)
    key = inputs.key(plan.digests)
    state = build_state(
        (key, inputs.content_key(plan.digests)),
        options.output,
        result.files,
        plan.monographs,
        report,
        intact,
        inputs.content.taken,
    )
    state = replace(state, compressed=options.compress)
    save_state(options.cache / "state", state)
    save_state(options.cache / "plan", replace(plan.memory, key=key))
    if plan.keeper:
        plan.keeper.save(state.content_key)
    records.sweep({*plan.records.values()})
    records.close()
    clock.lap("publish")
    return Summary(
        plan.monographs,
        sum(not file.is_text_index for file in state.files.values()),
        report,
        published=True,
        rendered=result.rendered,
        removed=result.removed,
        moved=moved,
        seconds=clock.seconds,
        page_times=result.page_times,
    )
