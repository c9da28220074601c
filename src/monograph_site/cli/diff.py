"""`monograph-site diff`: what a change of the content means, in clinical terms."""

from __future__ import annotations

from pathlib import Path

import click

from ..build.workers import default_jobs
from .options import FOLDER, content_option, guarded, paths_inside, progress, require_content


@click.command("diff")
@click.argument("revisions", required=False, default="", metavar="[REV[..REV]]")
@click.argument("paths", nargs=-1, type=FOLDER)
@content_option
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text",
    show_default=True, help="Output format.",
)  # fmt: skip
@click.option("--wording", is_flag=True, help="List the changes of wording too (format text).")
@click.option(
    "--jobs", type=click.IntRange(min=1),
    help="Number of worker processes.  [default: one per CPU]",
)  # fmt: skip
def diff_command(
    revisions: str, paths: tuple[Path, ...], content: Path, form: str, wording: bool,
    jobs: int | None,
) -> None:  # fmt: skip
    """Show what changed in the content, in clinical terms: safety statements that are gone come
    first, changes of wording are folded.

    REV..REV compares two revisions of git. REV compares the files as they are now with a revision;
    without either, they are compared with the last commit. PATHS limit the report to files and
    folders.

    Exit status: 0 = success; 2 = usage error or internal error.
    """
    from ..changes.pages import changed_pages  # the parsers: `--help` needs none
    from ..changes.reports import FORMATS  # see above

    require_content(content)
    if revisions and ".." not in revisions and Path(revisions).exists():
        revisions, paths = "", (Path(revisions), *paths)
    places = guarded(lambda: paths_inside(content, paths))
    pages = guarded(
        lambda: changed_pages(
            content, revisions, places, jobs=jobs or default_jobs(), on_step=progress()
        )
    )
    click.echo(FORMATS[form](pages, wording), nl=False)
