"""`monograph-site check`: every problem of the content."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from .. import __version__
from ..build.pipeline import check, check_text
from ..build.summary import Summary
from ..check import formats
from ..check.baseline import BaselineResult, compare, read_baseline, save_baseline
from ..check.changed_files import files_changed_since, files_removed_since, work_tree
from ..check.formats.style import folder_of, plural
from ..check.formats.view import DEFAULT_WIDTH, View
from ..check.report import FindingReport
from ..check.selection import Selection, content_path
from ..check.summarise import summarise
from ..model.errors import UsageProblem
from ..model.finding import Finding, FindingKind, Severity
from .options import (
    FOLDER,
    colour_on,
    guarded,
    make_options,
    notify,
    paths_inside,
    progress,
    shared_options,
)

_FOR_READERS = ("text", "summary")
"""Formats for people: they come with progress and a closing line."""


def _selection_options(command: Any) -> Any:
    """Add the options that say which findings are shown."""
    for option in (
        click.option("--verbose", is_flag=True, help="List all info findings individually."),
        click.option(
            "--ignore", multiple=True, metavar="RULES", help="Leave these rules out; as --select."
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="RULES",
            help="Only these rules (codes, code prefixes or names, separated by commas).",
        ),
        click.option(
            "--changed",
            is_flag=False,
            flag_value="HEAD",
            metavar="REV",
            help="Only files that differ from a git revision (HEAD if none is given).",
        ),
        click.argument("paths", nargs=-1, type=FOLDER),
    ):
        command = option(command)
    return command


@click.command("check")
@shared_options
@_selection_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(formats.FORMATS)),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--baseline", type=FOLDER, metavar="FILE", help="Report only findings not in this baseline."
)
@click.option(
    "--update-baseline",
    "update",
    is_flag=True,
    help="Create the baseline, or remove fixed findings from it.",
)
@click.option(
    "--stdin-path",
    type=FOLDER,
    metavar="FILE",
    help="Check the standard input (PATHS: -) as this file of the content folder.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Check again after every change, until Ctrl-C; for the problem matchers of editors.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(level.value for level in Severity), "never"]),
    help="Lowest severity that makes the command fail.  [default: error; with --baseline, warning]",
)
def check_command(
    content: Path,
    form: str,
    baseline: Path | None,
    update: bool,
    fail_on: str | None,
    verbose: bool,
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    changed: str | None,
    stdin_path: Path | None,
    watch: bool,
    **values: Any,
) -> None:
    """Check the content, or only the files and folders PATHS, and report every problem. Nothing is
    published.

    Exit status: 0 = success; 1 = findings at or above --fail-on; 2 = usage error or internal error.
    """
    if update and (baseline is None or paths or select or ignore or changed):
        raise click.UsageError(
            "--update-baseline needs --baseline FILE, and takes all findings of all files: leave "
            "out PATHS, --select, --ignore and --changed"
        )
    options = make_options(content=content, **values)
    text = _standard_input(paths, stdin_path)
    paths = paths if text is None else ()
    if text is not None and (changed or baseline or watch):
        raise click.UsageError("--stdin-path can't be used with --changed, --baseline or --watch")
    if baseline:
        guarded(lambda: read_baseline(baseline, update))  # to report errors before the check
    is_detailed = bool(verbose or select)

    def run() -> tuple[str, str, bool]:
        """The report, the closing lines, and whether the command fails."""
        selection, optional = _selection(content, paths, select, ignore, changed)
        run_options = replace(options, optional_rules=optional)
        summary = (
            check(run_options, progress() if form in _FOR_READERS else None)
            if text is None
            else check_text(run_options, content_path(content, stdin_path or content), text)
        )
        result = _compare(summary.findings, content, baseline, update)
        selected = tuple(finding for finding in result.new if selection.shows(finding))
        summary = replace(summary, report=FindingReport.of(selected))
        about = summary.about()
        if baseline:
            about["baseline"] = result.numbers()
        if not (is_detailed or paths or changed) and form not in _FOR_READERS:
            summary = replace(summary, report=FindingReport.of(summarise(selected)))
        report = "".join(formats.write(form, _view(summary, content, is_detailed, about)))
        baseline_lines = _baseline_lines(baseline, result, update) if baseline else ()
        closing = "\n".join([*baseline_lines, summary.check_line()])
        threshold = fail_on or (Severity.WARNING if baseline else Severity.ERROR)
        return report, closing, _fails(selected, threshold)

    if watch:
        guarded(lambda: _watch(run, content))
        return
    report, closing, fails = guarded(run)
    _print(report)
    if form in _FOR_READERS:
        notify(closing)
    sys.exit(fails)


def _watch(run: Callable[[], tuple[str, str, bool]], content: Path) -> None:
    """Run a check now and after every change of the content, until Ctrl-C. A report that is the same
    as the last is not printed again where no event named a file."""
    import signal  # only here
    from threading import Event  # only here

    from ..preview.watch import watch  # the libraries of the preview

    last = ""

    def check_again(changed: frozenset[Path] | None) -> None:
        nonlocal last
        report, closing, _ = run()
        if changed is not None or report != last:
            last = report
            _print([f"Checking {content}\n", report, f"{closing}\nWatching for changes\n"])

    stop = Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    check_again(frozenset())
    watch([content], check_again, stop)


def _standard_input(paths: tuple[Path, ...], stdin_path: Path | None) -> bytes | None:
    """The bytes of the standard input; None where it is not asked for. Raises click's UsageError
    where only one of `-` and --stdin-path is given."""
    if stdin_path is None and Path("-") not in paths:
        return None
    if stdin_path is None or paths not in ((), (Path("-"),)):
        raise click.UsageError("to check the standard input: --stdin-path FILE -")
    return sys.stdin.buffer.read()


def _selection(
    content: Path,
    paths: Iterable[Path],
    select: Sequence[str],
    ignore: Sequence[str],
    changed: str | None,
) -> tuple[Selection, tuple[str, ...]]:
    """The findings to show, and the names of the optional ones among them. Raises UsageProblem."""
    optional: tuple[str, ...] = ()
    if select or ignore:
        # These import every rule, and a check in which nothing changed needs none of them.
        from ..check.kinds import optional_selected, split_words

        select, ignore = split_words(select), split_words(ignore)
        optional = optional_selected(select)
    places = paths_inside(content, tuple(paths))
    try:
        files = None if changed is None else files_changed_since(content, changed)
        removed = frozenset() if changed is None else files_removed_since(content, changed)
    except UsageProblem as problem:
        if changed and Path(changed).exists():
            raise UsageProblem(
                f"{problem} (write paths before --changed, or --changed=HEAD)"
            ) from None
        raise
    return Selection(tuple(select), tuple(ignore), places, files, removed), optional


def _compare(
    findings: tuple[Finding, ...], content: Path, baseline: Path | None, update: bool
) -> BaselineResult:
    """The findings compared with the baseline, which `update` brings up to date. Raises
    UsageProblem."""
    if baseline is None:
        return BaselineResult(findings)
    known = read_baseline(baseline, update)
    result = compare(known, findings, lambda path: (content / path).exists())
    if update:
        save_baseline(baseline, result.remaining)
    return result


def _view(summary: Summary, content: Path, verbose: bool, about: dict[str, Any]) -> View:
    from shutil import get_terminal_size  # slow to import; `build` does without it

    folder, top = folder_of(content), work_tree(content)
    return View(
        summary.findings,
        folder=folder,
        root=folder_of(content.resolve(), top) if top else folder,
        verbose=verbose,
        colour=colour_on(sys.stdout),
        width=get_terminal_size((DEFAULT_WIDTH, 24)).columns,
        about=about,
        kinds=_kinds,
        version=__version__,
        manual_url=summary.manual_url or _manual_url(),
    )


def _manual_url() -> str:
    """The address of the page of findings, as the package states it; '' where it states none."""
    from importlib.metadata import PackageNotFoundError, metadata  # slow to import

    try:
        urls = metadata("monograph-site").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    named = dict(url.split(", ", 1) for url in urls if ", " in url)
    return str(named.get("Findings", ""))


def _kinds() -> Sequence[FindingKind]:
    from ..check import kinds  # see `_selection`

    return kinds.findings()


def _baseline_lines(path: Path, result: BaselineResult, update: bool) -> Iterator[str]:
    """What the user is told about the baseline."""
    yield f"{plural(result.hidden, 'finding')} hidden by the baseline ({path})"
    if result.fixed:
        outcome = "still in the baseline; --update-baseline removes them"
        if update:
            outcome = "removed from the baseline"
        yield f"{plural(result.fixed, 'fixed finding')} {outcome}"
    if result.new and update:
        yield (
            f"{plural(len(result.new), 'new finding')} not added to the baseline; fix them, or "
            f"delete {path} to create it again"
        )


def _fails(findings: Iterable[Finding], threshold: str) -> bool:
    """Whether any finding is at or above a severity; `never` means that none is."""
    if threshold == "never":
        return False
    return any(finding.severity.rank <= Severity(threshold).rank for finding in findings)


def _print(lines: Iterable[str]) -> None:
    """Write to the standard output; characters it cannot show are escaped."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.writelines(lines)
    sys.stdout.flush()
