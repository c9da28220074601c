"""The command line. Exit status: 0 = success, 1 = errors in the content (for `check`: findings at
or above --fail-on), 2 = usage error or internal error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any, TextIO, cast

import click

from .. import __version__
from ..build.workers import COLLECT_RARELY, collect_seldom
from .options import notify, show_cache_warnings


class _Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in _MODULES:
            return None
        module = import_module(_MODULES[cmd_name], __package__)
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name, as click finds it. Raises click's UsageError with the
        nearest name for a misspelt one."""
        if args[0] not in _MODULES and not args[0].startswith("-"):
            from ..model.suggest import did_you_mean  # only here

            ctx.fail(f"No such command {args[0]!r}. {did_you_mean(args[0], _MODULES)}".rstrip())
        return super().resolve_command(ctx, args)


_MODULES = {
    "adopt": ".adopt",
    "build": ".build",
    "check": ".check",
    "convert": ".convert",
    "diff": ".diff",
    "explain": ".explain",
    "fix": ".fix",
    "init": ".init",
    "links": ".links",
    "lsp": ".lsp",
    "new": ".init",
    "rules": ".explain",
    "schema": ".schema",
    "serve": ".serve",
    "vendor": ".vendor",
}
"""The module of each command."""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="monograph-site")
def cli() -> None:
    """Publish drug monographs written in Markdown as a static website."""


def main() -> None:
    """The entry point: runs the command and ends with its exit status."""
    collect_seldom(COLLECT_RARELY)
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
        cli.main(prog_name="monograph-site", standalone_mode=False, obj=sys.argv[1:])
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
