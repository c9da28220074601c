"""The command line. Exit status: 0 = success, 1 = errors in the content (for `check`: findings at
or above --fail-on), 2 = usage error or internal error."""

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
from .options import (
    FOLDER,
    colour_on,
    folder_of,
    guarded,
    make_options,
    notify,
    progress,
    shared_options,
    show_cache_warnings,
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
        notify(formats.write_brief(summary.findings, colour=colour_on(sys.stderr)), end="")
        click.echo(summary.build_line())
    sys.exit(1 if summary.has_errors else 0)


for command in (check_command, explain_command, rules_command, serve_command):
    cli.add_command(command)


def main() -> None:
    """The entry point: runs the command and ends with its exit status."""
    collect_seldom()
    # Without this, Python looks for garbage among all objects once more before it ends.
    atexit.register(gc.freeze)
    _prepare_streams()
    show_cache_warnings()
    try:
        status = _run() if is_utf8() else 2
        sys.stdout.flush()
    except OSError as error:  # the disk is full, or the device does not exist any more
        status = 2
        _discard_buffer(sys.stdout)
        with suppress(OSError):
            sys.stderr.write(f"Error: can't write the output: {error.strerror}\n")
    sys.exit(status)


def is_utf8() -> bool:
    """Whether the system takes names of files in UTF-8; if not, the user is told what to set."""
    encoding = sys.getfilesystemencoding()
    if encoding == "utf-8":
        return True
    notify(
        f"Error: names of files are encoded in {encoding} here, not in UTF-8; set PYTHONUTF8=1 or "
        "a UTF-8 locale such as LC_ALL=C.UTF-8"
    )
    return False


def _run() -> int:
    """Run the command. Returns its exit status."""
    try:
        cli.main(prog_name="monograph-site", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except click.ClickException as problem:
        problem.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        notify("interrupted; the site is unchanged, or will be complete after the next build")
        return 130
    return 0


class _Output:
    """Standard output whose reader may stop reading, as `head` does: the rest is discarded."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            _discard_buffer(self._stream)
            return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            _discard_buffer(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _prepare_streams() -> None:
    """Keep closed streams and closed pipes from changing the exit status."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller (`2>&-`)
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  used until the end
            setattr(sys, name, stream)
    sys.stdout = cast(TextIO, _Output(sys.stdout))


def _discard_buffer(stream: TextIO) -> None:
    """Discard what the buffer of a stream still holds; Python would report an error at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
