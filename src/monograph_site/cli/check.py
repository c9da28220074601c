"""`monograph-site check`: everything that is wrong with the content."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from ..build.pipeline import check
from ..build.summary import Summary
from ..check import baseline as baselines
from ..check import changed_files, formats
from ..check.selection import Selection, places_in
from ..model.errors import UsageProblem
from ..model.finding import Finding, FindingKind, Severity
from .options import FOLDER, colour_on, folder_of, guarded, options, progress, say, shared

_LEVELS = tuple(Severity)
_FOR_READERS = ("text", "summary")


def _narrowing(command: Any) -> Any:
    """The options that say which findings are shown."""
    for option in (
        click.option("--verbose", is_flag=True, help="Show infos one by one, too."),
        click.option("--ignore", multiple=True, metavar="CODES", help="All but these."),
        click.option("--select", multiple=True, metavar="CODES", help="Only these codes, beginnings of codes, names."),
        click.option("--changed", is_flag=False, flag_value="HEAD", metavar="REV",
                     help="Only files that differ from a git revision (--changed alone: HEAD)."),
        click.argument("paths", nargs=-1, type=FOLDER),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("check")
@shared
@_narrowing
@click.option(
    "--format", "form", type=click.Choice(list(formats.FORMATS)), default="text", show_default=True
)
@click.option(
    "--baseline", type=FOLDER, metavar="FILE", help="Only what is not frozen in this file."
)
@click.option(
    "--update-baseline",
    "update",
    is_flag=True,
    help="Freeze all findings; later: take out what is mended.",
)
@click.option("--fail-on", type=click.Choice([*(level.value for level in Severity), "never"]),
              help="From when on the exit status is 1.  [default: error; with --baseline, warning]")  # fmt: skip
def check_command(
    content: Path, form: str, baseline: Path | None, update: bool, fail_on: str | None, verbose: bool,
    paths: tuple[Path, ...], select: tuple[str, ...], ignore: tuple[str, ...], changed: str | None, **given: Any,
) -> None:  # fmt: skip
    """Say everything that is wrong with the content, or with the files and folders PATHS; publish
    nothing.

    Exit status: 0 good, 1 findings as grave as --fail-on says, 2 wrong use or a fault.
    """
    if update and (baseline is None or paths or select or ignore or changed):
        raise click.UsageError(
            "--update-baseline needs --baseline FILE, and is about all findings of all files"
        )
    chosen = options(content=content, **given)
    selection, asked = guarded(lambda: _selection(content, paths, select, ignore, changed))
    if baseline:
        guarded(
            lambda: baselines.read(baseline, update)
        )  # what is wrong with it is said before anything is read
    summary = guarded(
        lambda: check(replace(chosen, asked=asked), progress() if form in _FOR_READERS else None)
    )
    compared = guarded(lambda: _compared(summary.findings, content, baseline, update))
    shown = replace(summary, findings=tuple(one for one in compared.new if selection.shows(one)))
    view = _view(
        shown,
        content,
        bool(verbose or select),
        {"baseline": compared.numbers()} if baseline else {},
    )
    _print(formats.write(form, view))
    if form in _FOR_READERS:
        say("\n".join([*(_about(baseline, compared, update) if baseline else ()), shown.checked()]))
    sys.exit(
        _is_as_grave(shown.findings, fail_on or (Severity.WARNING if baseline else Severity.ERROR))
    )


def _selection(
    content: Path,
    paths: Iterable[Path],
    select: Sequence[str],
    ignore: Sequence[str],
    changed: str | None,
) -> tuple[Selection, tuple[str, ...]]:
    """What to show, and the optional findings that are asked for. Raises `UsageProblem`."""
    asked: tuple[str, ...] = ()
    if select or ignore:
        from ..check import (
            selection,
        )  # imports every rule, and a check with nothing to do needs none

        select, ignore = selection.known_words(select), selection.known_words(ignore)
        asked = selection.optional(select)
    try:
        files = None if changed is None else changed_files.changed(content, changed)
    except UsageProblem as problem:
        if changed and Path(changed).exists():
            raise UsageProblem(
                f"{problem} (write paths before --changed, or --changed=HEAD)"
            ) from None
        raise
    return Selection(tuple(select), tuple(ignore), places_in(content, paths), files), asked


def _compared(
    found: tuple[Finding, ...], content: Path, baseline: Path | None, update: bool
) -> baselines.BaselineResult:
    """The findings seen against the baseline, which is brought up to date where that is asked for."""
    if baseline is None:
        return baselines.BaselineResult(found)
    compared = baselines.compare(
        baselines.read(baseline, update), found, lambda path: (content / path).exists()
    )
    if update:
        baselines.save(baseline, compared.left)
    return compared


def _view(shown: Summary, content: Path, verbose: bool, about: dict[str, Any]) -> formats.View:
    folder, top = folder_of(content), changed_files.top(content)
    root = folder_of(content.resolve(), top) if top else folder
    width = get_terminal_size((formats.WIDTH, 24)).columns
    everything = {**shown.about(), **about}
    return formats.View(
        shown.findings, folder, root, verbose, colour_on(sys.stdout), width, everything, _kinds
    )


def _kinds() -> Sequence[FindingKind]:
    from ..check.selection import findings  # see `_selection`

    return findings()


def _about(path: Path, compared: baselines.BaselineResult, update: bool) -> Iterable[str]:
    """What to say of a baseline."""
    yield f"{compared.frozen:,} frozen findings are not shown ({path})"
    if compared.vanished:
        done = (
            "taken out of the baseline"
            if update
            else "--update-baseline takes them out, so that none comes back"
        )
        yield f"{compared.vanished:,} frozen findings are no longer found: {done}"
    if compared.new and update:
        yield f"{len(compared.new):,} new findings are not added: mend them, or delete {path} to freeze all anew"


def _is_as_grave(found: Iterable[Finding], level: str) -> bool:
    grave = _LEVELS[: _LEVELS.index(Severity(level)) + 1] if level != "never" else ()
    return any(one.severity in grave for one in found)


def _print(lines: Iterable[str]) -> None:
    """Write to the standard output, whatever signs it can show."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.writelines(lines)
    sys.stdout.flush()
