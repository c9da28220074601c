"""`monograph-site convert`: any convention into the canonical form."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..check.formats.style import folder_of, plural
from ..check.selection import Selection
from .options import FOLDER, guarded, make_options, paths_inside, shared_options

if TYPE_CHECKING:
    from ..edit.convert_site import ConvertReport


@click.command("convert")
@shared_options
@click.argument("paths", nargs=-1, type=FOLDER)
@click.option(
    "--to", "form", type=click.Choice(["canonical"]), required=True, help="The form to convert to."
)
@click.option(
    "--output", type=FOLDER, metavar="FOLDER", help="Write there, and leave the content as it is."
)
def convert_command(
    content: Path, paths: tuple[Path, ...], form: str, output: Path | None, **values: Any
) -> None:
    """Bring all content, or the files and folders PATHS, into the canonical form: a heading `##` for
    each section, a heading `###` for each question, texts of the front matter in sections. What the
    pages show stays the same.

    Exit status: 0 = success; 1 = a file could not be converted or written; 2 = usage error or
    internal error.
    """
    from ..edit.convert_site import convert_site  # the parsers: `--help` needs none

    places = guarded(lambda: paths_inside(content, paths))
    options = make_options(content=content, **values)
    selection = Selection(places=places)
    report = guarded(lambda: convert_site(options, selection, output))
    click.echo("\n".join(_lines(report, folder_of(content), output)))
    sys.exit(1 if report.left_alone else 0)


def _lines(report: ConvertReport, folder: str, output: Path | None) -> Iterator[str]:
    """A line for each file that changed, the blocks that stay as they are, and the totals."""
    for path, file in report.files.items():
        if path in report.changed:
            yield f"{folder}{path}: {_fates(file.fates)}"
        for line, reason in file.unplaced:
            yield f"{folder}{path}:{line}: left as it is: {reason}"
    for path, reason in report.left_alone.items():
        yield f"{folder}{path}: not converted: {reason}"
    where = f", written to {output}" if output else ""
    yield (
        f"{plural(len(report.changed), 'file')} of {len(report.files):,} changed{where}; blocks: "
        f"{_fates(report.fates)}"
    )


def _fates(fates: dict[str, int]) -> str:
    from ..edit.convert import FATES  # see `convert_command`

    return ", ".join(f"{fates[fate]:,} {fate}" for fate in FATES if fates.get(fate)) or "none"
