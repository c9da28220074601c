"""What the commands of the command line share: options, the way from faults to an exit status, and
progress."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeVar

import click

from ..build.options import Options
from ..build.workers import default_jobs
from ..model.errors import OutputError, ThemeError, UsageProblem, WorkerCrashed

Command = TypeVar("Command", bound=Callable[..., Any])
Done = TypeVar("Done")
TEMPLATES = Path("templates")
FOLDER = click.Path(path_type=Path)


def shared(command: Command) -> Command:
    """The options that every command has."""
    for option in (
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            help="Worker processes.  [default: one a processor]",
        ),
        click.option(
            "--as-of", metavar="DATE", help="The day that counts as today, such as 2025-01-31."
        ),
        click.option(
            "--base-url", metavar="URL", help="Where the site will stand, instead of site.yaml's."
        ),
        click.option(
            "--cache",
            type=FOLDER,
            default=".monograph-site",
            show_default=True,
            help="Safe to delete.",
        ),
        click.option(
            "--templates",
            type=FOLDER,
            default=TEMPLATES,
            show_default=True,
            help="Theme files of your own.",
        ),
        click.option(
            "--content", type=FOLDER, default="content", show_default=True, help="The monographs."
        ),
    ):
        command = option(command)
    return command


def options(
    jobs: int | None, as_of: str | None, content: Path, templates: Path, **given: Any
) -> Options:
    """The options of a build or a check. Raises click's errors for what is not there."""
    if not content.is_dir():
        raise click.UsageError(
            f"there is no content folder {str(content)!r}; name one with --content"
        )
    if templates != TEMPLATES and not templates.is_dir():
        raise click.UsageError(f"there is no templates folder {str(templates)!r}")
    try:
        day = date.fromisoformat(as_of).isoformat() if as_of else date.today().isoformat()
    except ValueError:
        raise click.BadParameter(
            f"{as_of!r} is no date such as 2025-01-31", param_hint="--as-of"
        ) from None
    return Options(day, content, templates, jobs=jobs or default_jobs(), **given)


def folder_of(content: Path, start: Path | None = None) -> str:
    """What leads from a directory (the current one) to the content, with forward slashes:
    `content/`, or ''."""
    path = os.path.relpath(content, start).replace(os.sep, "/")
    return "" if path == "." else f"{path}/"


def colour_on(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and its reader wants them
    (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def guarded(work: Callable[[], Done]) -> Done:
    """What the work gives; what it can't give ends the program with status 2 and a message."""
    try:
        return work()
    except (UsageProblem, OutputError, ThemeError, WorkerCrashed, OSError) as problem:
        fail(str(problem))
    except Exception as fault:
        if (
            type(fault).__name__ == "RenderError"
        ):  # its module imports the template engine, which may not be needed
            fail(str(fault))
        traceback.print_exc()
        fail("this is a fault of monograph-site; please report it with the lines above")


def fail(message: str) -> NoReturn:
    """End the program with status 2 and a message."""
    say(f"Error: {message}")
    sys.exit(2)


def say(message: str, end: str = "\n") -> None:
    """Tell the reader something that is no part of the output. That nobody can be told is no
    reason to end."""
    with suppress(OSError):
        click.echo(message + end, nl=False, err=True)


def progress() -> Callable[[str, int, int], None] | None:
    """Progress on one line of a terminal, which it leaves empty; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, total: int) -> None:
        if done % 25 == 0 or done == total:
            sys.stderr.write(f"\r\x1b[K{f'{stage} {done:,} of {total:,}' if done < total else ''}")
            sys.stderr.flush()

    return show
