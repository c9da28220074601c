"""`monograph-site build`: the content becomes a site."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from ..build.pipeline import build
from ..check import formats
from .options import (
    FOLDER,
    colour_on,
    folder_of,
    guarded,
    make_options,
    notify,
    progress,
    shared_options,
)


@click.command("build")
@shared_options
@click.option(
    "--output",
    type=FOLDER,
    default="build",
    show_default=True,
    help="Folder for the finished site.",
)
@click.option("--keep-going", is_flag=True, help="Publish valid pages even if others have errors.")
@click.option("--no-search", is_flag=True, help="Build the site without search.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary in JSON.")
def build_command(no_search: bool, as_json: bool, **values: Any) -> None:
    """Build the site.

    Exit status: 0 = success; 1 = errors in the content (nothing is published, or only valid pages
    with --keep-going); 2 = usage error or internal error.
    """
    options = make_options(search=not no_search, **values)
    summary = guarded(lambda: build(options, notify, None if as_json else progress()))
    if as_json:
        click.echo(json.dumps(summary.as_json(folder_of(options.content)), ensure_ascii=False))
    else:
        notify(formats.write_brief(summary.findings, colour=colour_on(sys.stderr)), end="")
        click.echo(summary.build_line())
    sys.exit(1 if summary.has_errors else 0)
