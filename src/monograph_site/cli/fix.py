"""`monograph-site fix`: certain corrections, made in the files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..check.formats.style import count_by_severity, folder_of, plural
from ..check.selection import Selection
from .options import FOLDER, guarded, make_options, paths_inside, shared_options

if TYPE_CHECKING:
    from ..edit.fix_site import FixReport

MAX_KINDS = 12
"""Kinds of findings that are listed as left to an editor."""


@click.command("fix")
@shared_options
@click.argument("paths", nargs=-1, type=FOLDER)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Only these rules (codes, code prefixes or names, separated by commas).",
)
@click.option(
    "--ignore", multiple=True, metavar="RULES", help="Leave these rules out; as --select."
)
@click.option("--unsafe", is_flag=True, help="Also make corrections that replace words.")
@click.option("--diff", is_flag=True, help="Show the changes, and write nothing.")
@click.option("--check", "only_check", is_flag=True, help="Name the files, and write nothing.")
def fix_command(
    content: Path,
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    unsafe: bool,
    diff: bool,
    only_check: bool,
    **values: Any,
) -> None:
    """Correct what is certain, in the files themselves: in all content, or in the files and folders
    PATHS. `monograph-site rules` says which findings are fixable.

    Exit status: 0 = success, whether or not findings are left; 1 = with --diff or --check, a file
    would change, or a file could not be written; 2 = usage error or internal error.
    """
    from ..check.kinds import optional_selected, split_words  # imports every rule
    from ..edit.fix_site import FixRequest, fix_site

    writes = not (diff or only_check)
    select, ignore = guarded(lambda: (split_words(select), split_words(ignore)))
    places = guarded(lambda: paths_inside(content, paths))
    options = make_options(content=content, **values, optional_rules=optional_selected(select))
    selection = Selection(select, ignore, places)
    report = guarded(lambda: fix_site(FixRequest(options, selection, unsafe, writes)))
    if diff:
        sys.stdout.writelines(report.diffs)
    folder = folder_of(content)
    lines = [*_lines(report, folder), *_closing_lines(report, writes=writes)]
    click.echo("\n".join(lines), err=diff)
    sys.exit(1 if report.left_alone or (report.fixed and not writes) else 0)


def _lines(report: FixReport, folder: str) -> Iterator[str]:
    """A line for each file."""
    for path, fixed in sorted(report.fixed.items()):
        yield f"{folder}{path}: {_list_of_kinds(fixed)}"
    for path, reason in sorted(report.left_alone.items()):
        yield f"{folder}{path}: left alone: {reason}"


def _list_of_kinds(fixed: Counter[str]) -> str:
    return ", ".join(
        f"{name} ×{count}" if count > 1 else name for name, count in sorted(fixed.items())
    )


def _closing_lines(report: FixReport, *, writes: bool) -> Iterator[str]:
    """What was done, or would be, and what is left."""
    corrections = plural(sum(fixed.total() for fixed in report.fixed.values()), "correction")
    files = plural(len(report.fixed), "file")
    if not writes:
        yield f"{corrections} would be made in {files}; nothing was written"
        return
    yield f"{corrections} made in {files}"
    if report.remaining:
        numbers = count_by_severity(report.remaining)
        counts = ", ".join(
            plural(number, severity.value) if severity != "info" else f"{number:,} info"
            for severity, number in numbers.items()
        )
        yield f"left to an editor: {counts} (`monograph-site check` shows where)"
        yield from _kinds_left([f"{item.code} {item.name}" for item in report.remaining])


def _kinds_left(names: Sequence[str]) -> Iterator[str]:
    """The most frequent kinds of findings that are left."""
    counter = Counter(names)
    for name, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:MAX_KINDS]:
        yield f"  {count:>6,}  {name}"
    if len(counter) > MAX_KINDS:
        yield f"          and {plural(len(counter) - MAX_KINDS, 'other kind')}"
