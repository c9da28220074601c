"""`monograph-site build`: the content becomes a site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from ..build.options import Options
from ..build.pipeline import build, check
from ..build.summary import Progress, Summary
from ..check import formats
from ..check.formats.style import folder_of, plural
from ..check.report import FindingReport
from ..model.finding import Finding, Severity
from .options import (
    FOLDER,
    colour_on,
    fail,
    guarded,
    make_options,
    notify,
    progress,
    shared_options,
)
from .repeat import forget, remember

if TYPE_CHECKING:
    from ..check.baseline import BaselineResult


@click.command("build")
@shared_options
@click.option(
    "--output",
    type=FOLDER,
    default="build",
    show_default=True,
    help="Folder for the finished site.",
)
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    default="",
    help="Use the workers of a Dask cluster in place of processes.",
)
@click.option("--keep-going", is_flag=True, help="Publish valid pages even if others have errors.")
@click.option(
    "--baseline",
    type=FOLDER,
    metavar="FILE",
    help="Publish in spite of the errors in this baseline (see check --baseline).",
)
@click.option("--no-search", is_flag=True, help="Build the site without search.")
@click.option(
    "--compress", is_flag=True, help="Write .br and .gz forms of files too, where they are smaller."
)
@click.option(
    "--add-redirects",
    is_flag=True,
    help="Add a redirect to site.yaml for each page whose address has changed.",
)
@click.option(
    "--offline", is_flag=True, help="Build a site that works from files, without a web server."
)
@click.option("--json", "as_json", is_flag=True, help="Print a summary in JSON.")
@click.option(
    "--verify", is_flag=True, help="Build the site from nothing too, and name every difference."
)
@click.option(
    "--explain",
    metavar="PATH",
    default="",
    help="Say why a page such as /drugs/x/ is rendered in this build, or is not.",
)
@click.option(
    "--profile", is_flag=True, help="Print the time by stage and template, and the slowest pages."
)
def build_command(
    no_search: bool,
    as_json: bool,
    verify: bool,
    explain: str,
    profile: bool,
    baseline: Path | None,
    add_redirects: bool,
    **values: Any,
) -> None:
    """Build the site.

    Exit status: 0 = success; 1 = errors in the content (nothing is published, or only valid pages
    with --keep-going); 2 = usage error or internal error.
    """
    start = time.time_ns()
    options = make_options(search=not no_search, **values)
    bar = None if as_json else progress()
    if baseline:
        options = guarded(lambda: _accepting(options, baseline, bar))
    summary = guarded(lambda: build(options, notify, bar, explain))
    if add_redirects and summary.published and guarded(lambda: _add_redirects(options)):
        summary = guarded(lambda: build(options, notify, bar, explain))
    if baseline:
        result = guarded(lambda: _compare(summary.findings, options, baseline))
        summary = replace(summary, report=FindingReport.of(result.new))
        notify(f"{plural(result.hidden, 'finding')} hidden by the baseline ({baseline})")
    if as_json:
        import json  # slow to import

        click.echo(json.dumps(summary.as_json(folder_of(options.content)), ensure_ascii=False))
    else:
        notify(_messages(summary, options), end="")
        click.echo(summary.build_line())
    if profile:
        notify("\n".join(summary.profile_lines()))
    if verify and summary.published:
        _verify(options, bar)
    if not any((as_json, verify, explain, profile, baseline, add_redirects, options.executor)):
        _remember(summary, options, start)
    sys.exit(1 if summary.has_errors else 0)


def _messages(summary: Summary, options: Options) -> str:
    """What to say of a build besides its closing line."""
    colour, folder = colour_on(sys.stderr), folder_of(options.content)
    brief = formats.write_brief(summary.report.groups, folder, colour=colour)
    return brief + _moved_pages(summary.moved)


def _remember(summary: Summary, options: Options, start: int) -> None:
    """See to it that the next run can say at once that nothing has changed. After an edit this would
    take too long a part of the build: then the next run does it."""
    command = click.get_current_context().obj  # None where this is no process of its own
    has_changed, is_whole = bool(summary.rendered or summary.removed), not summary.unchanged
    if not summary.published or (has_changed and not is_whole) or command is None:
        forget(options)
        return
    again = replace(summary, rendered=(), removed=(), moved={}, seconds={})
    messages, line = _messages(again, options), again.build_line()
    remember(command, options, start, int(summary.has_errors), messages, line)


def _accepting(options: Options, baseline: Path, bar: Progress | None) -> Options:
    """The options with which valid pages are published where all errors are in the baseline. Raises
    UsageProblem for a baseline that cannot be read."""
    from ..check.baseline import read_baseline  # only for this option

    read_baseline(baseline, update=False)  # to report errors before the check
    new = _compare(check(options, bar).findings, options, baseline).new
    has_new = any(finding.severity is Severity.ERROR for finding in new)
    return options if has_new else replace(options, keep_going=True)


def _compare(findings: tuple[Finding, ...], options: Options, baseline: Path) -> BaselineResult:
    from ..check.baseline import compare, read_baseline  # only for this option

    known = read_baseline(baseline, update=False)
    return compare(known, findings, lambda path: (options.content / path).exists())


def _add_redirects(options: Options) -> bool:
    """Add redirects from the addresses that pages had before. Whether there were any, and they could
    be added; where they could not, say what to add."""
    from ..build import moved  # only for this option

    former = moved.load_addresses(options.content, options.cache).moved
    if former and not moved.add_redirects(options.content, former):
        notify(
            "site.yaml was left as it is; write `redirects` in it on lines of its own, with these:"
        )
        return False
    return bool(former)


def _moved_pages(former: dict[str, str]) -> str:
    """What to say where addresses of pages have changed; '' where none has."""
    if not former:
        return ""
    from ..build.moved import redirect_lines  # only where addresses changed

    number = len({*former.values()})
    return (
        f"{plural(number, 'page')} {'has' if number == 1 else 'have'} a new address, and its former "
        "one is not found. To redirect readers, build with --add-redirects, or add to site.yaml:"
        f"\n\nredirects:\n{redirect_lines(former)}\n"
    )


def _verify(options: Options, bar: Progress | None) -> None:
    """Name every difference from a build from nothing; with any, the program ends with status 2."""
    from ..build.verify import verify  # only for this option

    differences = guarded(lambda: verify(options, notify, bar))
    if differences:
        notify("\n".join(differences))
        fail(f"{plural(len(differences), 'file')} differ from a clean build; please report it")
    notify("every file is the same as in a clean build")
