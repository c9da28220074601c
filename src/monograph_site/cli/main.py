"""The command line. Exit codes: 0 good, 1 errors in the content, 2 wrong use or an internal fault."""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO, cast

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
        say(formats.write_brief(summary.findings, colour=colour_on(sys.stderr)), end="")
        click.echo(summary.line())
    sys.exit(1 if summary.has_errors else 0)


for command in (check_command, explain_command, rules_command, serve_command):
    cli.add_command(command)


def main() -> None:
    """The entry point: what click does not know to be exit status 2 is made so here."""
    collect_seldom()
    # Python would otherwise look through all that is left once more before it lets go of it.
    atexit.register(gc.freeze)
    _prepare_streams()
    try:
        status = _run()
        sys.stdout.flush()
    except OSError as problem:  # the disk is full, or the device is gone
        status = 2
        _point_to_nothing(sys.stdout)
        with suppress(OSError):
            sys.stderr.write(f"Error: the output can't be written: {problem.strerror}\n")
    sys.exit(status)


def _run() -> int:
    """Run the command; its exit status."""
    try:
        cli.main(prog_name="monograph-site", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except click.ClickException as problem:
        problem.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; the site is as it was or will be whole after the next build")
        return 130
    return 0


class _Output:
    """Standard output whose reader may have seen enough (`… | head`): what follows goes nowhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            _point_to_nothing(self._stream)
            return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            _point_to_nothing(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _prepare_streams() -> None:
    """Let nothing but the work decide on the exit status: not a closed stream, not a closed pipe."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller (`2>&-`)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  until the end
    sys.stdout = cast(TextIO, _Output(sys.stdout))


def _point_to_nothing(stream: TextIO) -> None:
    """Let a stream take what its buffer still holds: Python would complain when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
