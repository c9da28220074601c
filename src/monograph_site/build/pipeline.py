"""The pipeline: inputs → records → site → pages → bytes → the output folder."""

from __future__ import annotations

import time
from collections.abc import Mapping

from msgspec.structs import replace

from ..check.report import FindingReport
from ..model.finding import ordered
from .ahead import Loading, Preparation, load_ahead
from .cache import Cache, read_decoded
from .options import Inputs, Options, read_inputs
from .output import check_output_folder, locked_output
from .scan import content_digests
from .state import (
    BuildState,
    CheckState,
    PublishedFile,
    build_state,
    cached_config,
    find_intact_files,
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
        last = load_build_state(options.cache / "state", options.output)
        compared = time.time_ns()
        find_intact = find_intact_files(last, options.output, options.jobs)
        inputs = read_inputs(options)
        digests = _digests_to_compare(options, inputs)
        loaded_ahead = load_ahead(options, inputs, digests)
        intact = find_intact()
        is_same = last.key and last.key == inputs.key(inputs.content_key(digests))
        clock.lap("read")
        if is_same and len(intact) == len(last.files) and not explain:
            loaded_ahead()  # an edit that was taken back needs no loading
            pages = sum(not file.is_text_index for file in intact.values())
            return Summary(
                last.monographs, pages, last.report, published=True, seconds=clock.seconds
            )
        return _build(
            options, inputs, last, intact, compared, digests, clock, explain, loaded_ahead
        )


def check(options: Options, progress: Progress | None = None) -> Summary:
    """Check the content and the site's own templates: the same as `build`, without publishing.

    Raises a `MonographError` (a theme that cannot be read, a worker that died) or OSError.
    """
    clock, inputs = Clock(progress), read_inputs(options)
    state = load_check_state(options.cache / "checked")
    digests = _digests_to_compare(options, inputs)
    if state.key and state.key == inputs.key(inputs.content_key(digests)):
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


def _digests_to_compare(options: Options, inputs: Inputs) -> dict[str, str]:
    """The digests of the content, for comparing it with an earlier run. Where nothing is known of
    one, no file is read for them."""
    index = inputs.index
    return content_digests(options.content, inputs.content, index) if index.taken else {}


def _check(options: Options, inputs: Inputs, clock: Clock) -> CheckState:
    """What a check does when something changed."""
    from .plan import plan_site  # see `_build`
    from .template_findings import find_template_faults

    records = Cache(options.cache / "records")
    site_plan = plan_site(options, inputs, records, clock, publishes=False)
    findings = (*site_plan.report.findings, *find_template_faults(options, inputs, site_plan))
    records.close()
    return CheckState(
        inputs.key(site_plan.content_key),
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
    compared: int,
    digests: Mapping[str, str],
    clock: Clock,
    explain: str,
    loaded_ahead: Loading,
) -> Summary:
    """What a build does when something changed. `intact` are the files of the last build that are
    still as they were published, by a comparison that began at `compared` (`time.time_ns()`);
    `digests` are those of the content;
    `loaded_ahead` waits for the files that are being loaded."""
    # Parsers and templates: a build in which nothing changed need not import them.
    from .site_plan import MEMORY, PlanMemory

    records = Cache(options.cache / "records")
    plan, memory, preparation = None, PlanMemory(), Preparation(options, inputs)
    if not explain:
        memory = read_decoded(options.cache / MEMORY, PlanMemory, memory)
        if last.key and last.content_key == inputs.content_key(digests):
            from .kept_pages import replan_templates  # other edits do not need it

            loaded_ahead()
            plan = replan_templates(options, inputs, records, last, memory, intact, digests)
        else:
            from .replan import replan  # an edit of templates does not need it

            plan = replan(
                options,
                inputs,
                records,
                last,
                memory,
                intact,
                digests,
                clock,
                loaded_ahead,
                preparation.steps,
            )
    if plan is None:
        from .plan import plan_site  # all of the site, which few edits need

        plan = plan_site(
            options,
            inputs,
            records,
            clock,
            last=last,
            memory=memory,
            intact=intact,
            loaded_ahead=loaded_ahead,
            preparation=preparation,
        )
    pages = len(plan.pages) + len(plan.other_pages)
    # Templates are imported while files are loaded.
    from .moved import follow_addresses
    from .publish import publish_site

    if explain:
        from .reasons import explain_page  # only for this option

        withheld = not plan.may_publish(options)
        clock.notify(explain_page(explain, plan.pages, last.files, intact, withheld=withheld))
    result = publish_site(options, inputs, plan, last, intact, clock)
    report = plan.report
    if result is None:
        if plan.keeper:
            plan.keeper.close()
        records.close()
        return Summary(plan.monographs, pages, report, published=False, seconds=clock.seconds)
    moved = follow_addresses(plan, options.content, options.cache)
    key = inputs.key(plan.content_key)
    state = build_state(
        (key, plan.content_key),
        options.output,
        result.files,
        plan.monographs,
        report,
        intact,
        compared,
    )
    state = replace(state, compressed=options.compress, blocks=result.blocks)
    save_state(options.cache / "state", state)
    plan.save_memory(options.cache)
    if plan.keeper:
        plan.keeper.save(plan.content_key)
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
