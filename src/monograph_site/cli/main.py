"""The command line. Exit codes: 0 good, 1 errors in the content, 2 wrong use or an internal fault."""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
from typing import Any

import click

from .. import __version__
from ..build.pipeline import build
from ..build.workers import collect_seldom
from ..check import formats
from .check import check_command
from .explain import explain_command, rules_command
from .options import FOLDER, colour_on, folder_of, guarded, options, progress, say, shared
from .serve import serve_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="monograph-site")
def cli() -> None:
    """Publish drug monographs kept as Markdown as a static website."""


@cli.command("build")
@shared
@click.option(
    "--output",
    type=FOLDER,
    default="build",
    show_default=True,
    help="The site: upload this folder.",
)
@click.option("--keep-going", is_flag=True, help="Publish what is sound although there are errors.")
@click.option("--no-search", is_flag=True, help="Leave the search out.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary for machines.")
def build_command(no_search: bool, as_json: bool, **given: Any) -> None:
    """Build the site.

    Exit status: 0 good, 1 errors in the content (nothing is published, or with --keep-going all
    that is sound), 2 wrong use or a fault.
    """
    chosen = options(search=not no_search, **given)
    summary = guarded(lambda: build(chosen, say, None if as_json else progress()))
    if as_json:
        click.echo(json.dumps(summary.as_json(folder_of(chosen.content)), ensure_ascii=False))
    else:
        click.echo(
            formats.write_brief(summary.findings, colour=colour_on(sys.stderr)), nl=False, err=True
        )
        click.echo(summary.line())
    sys.exit(1 if summary.has_errors else 0)


for command in (check_command, explain_command, rules_command, serve_command):
    cli.add_command(command)


def main() -> None:
    """The entry point: what click does not know to be exit status 2 is made so here."""
    collect_seldom()
    atexit.register(
        gc.freeze
    )  # or Python looks through all that is left once more before it lets go of it
    try:
        cli.main(prog_name="monograph-site", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "interrupted; the site is as it was or will be whole after the next build", err=True
        )
        sys.exit(130)
    except BrokenPipeError:  # `… | head` has seen enough
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # or Python complains when it ends
        sys.exit(1)
