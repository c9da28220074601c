"""`monograph-site links`: whether links to other sites still work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..check.formats.style import folder_of
from .options import (
    FOLDER,
    guarded,
    make_options,
    paths_inside,
    progress,
    shared_options,
)


@click.command("links")
@shared_options
@click.argument("paths", nargs=-1, type=FOLDER)
@click.option("--external", is_flag=True, help="Check links to other sites; required.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["line", "json"]),
    default="line",
    show_default=True,
    help="Output format.",
)
@click.option("--refresh", is_flag=True, help="Ask again for what an earlier check has found.")
@click.option(
    "--archive/--no-archive",
    default=True,
    show_default=True,
    help="Ask the Wayback Machine for copies of dead links.",
)
@click.option("--archive-url", metavar="URL", help="Another archive with the same API.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Also ask hosts of this machine and its network.",
)
def links_command(
    content: Path,
    paths: tuple[Path, ...],
    external: bool,
    form: str,
    refresh: bool,
    archive: bool,
    archive_url: str | None,
    allow_private: bool,
    **values: Any,
) -> None:
    """Check the links to other sites in all content, or in the files and folders PATHS. This sends
    one request for each address, at most one a second to each host. Results are kept in the cache
    folder: a week for links that work, a day for others. Links within the site are checked by
    `check`.

    Exit status: 0 = no dead links; 1 = dead links; 2 = usage error or internal error.
    """
    if not external:
        raise click.UsageError("add --external; links within the site are checked by `check`")
    options = make_options(content=content, **values)
    from ..build.remote import is_public  # the modules of the network: `--help` needs none
    from ..check.selection import Selection
    from ..external_links.check import ARCHIVE
    from ..external_links.client import Client
    from ..external_links.report import FORMATS, LinkCheck, check_links
    from ..external_links.results import Verdict

    places = guarded(lambda: paths_inside(content, paths))
    request = LinkCheck(
        options,
        Selection(places=places),
        Client((lambda _: True) if allow_private else is_public),
        refresh,
        (archive_url or ARCHIVE) if archive else "",
        progress(),
    )
    report = guarded(lambda: check_links(request))
    for line in FORMATS[form](report, folder_of(content)):
        click.echo(line)
    sys.exit(1 if report.of(Verdict.DEAD) else 0)
