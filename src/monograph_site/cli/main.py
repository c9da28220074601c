"""The command line. Exit status: 0 = success, 1 = errors in the content (for `check`: findings at
or above --fail-on), 2 = usage error or internal error."""

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
from .serve import serve_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="monograph-site")
def cli() -> None:
    """Publish drug monographs written in Markdown as a static website."""


@cli.command("build")
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
        brief = formats.write_brief(summary.findings, colour=colour_on(sys.stderr))
        click.echo(brief, nl=False, err=True)
        click.echo(summary.build_line())
    sys.exit(1 if summary.has_errors else 0)


for command in (check_command, explain_command, rules_command, serve_command):
    cli.add_command(command)


def main() -> None:
    """The entry point: runs the command and sets the exit status where click does not."""
    collect_seldom()
    # Without this, Python looks for garbage among all objects once more before it ends.
    atexit.register(gc.freeze)
    try:
        cli.main(prog_name="monograph-site", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "interrupted; the site is unchanged, or will be complete after the next build", err=True
        )
        sys.exit(130)
    except BrokenPipeError:  # the reader has closed its end, as `head` does
        # Without this, Python reports the closed pipe when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
