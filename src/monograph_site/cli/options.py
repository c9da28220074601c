"""What the commands share: options, the exit status of errors, messages and progress."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

import click

from ..build.workers import default_jobs
from ..model.errors import CacheWarning, MonographError, describe_os_error

if TYPE_CHECKING:
    from ..build.options import Options

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")
TEMPLATES = Path("templates")
MAX_SKIPPED_NAMED = 3
"""Skipped paths that a note names."""
FOLDER = click.Path(path_type=Path)


content_option = click.option(
    "--content",
    type=FOLDER,
    default="content",
    show_default=True,
    help="Folder with the monographs.",
)


def require_content(content: Path) -> None:
    """Raise click's UsageError where there is no content folder."""
    if not content.is_dir():
        raise click.UsageError(
            f"there is no content folder {str(content)!r} here; go to the folder of the site, name "
            "the content folder with --content, or make a new site with `monograph-site init`"
        )


def paths_inside(content: Path, paths: Sequence[Path]) -> tuple[str, ...] | None:
    """Files and folders as content paths, None without any (see `Places.inside`). The user is told
    of those that are skipped. Raises UsageProblem for a path that does not exist."""
    from ..check.selection import content_paths  # `--version` and `--help` need not import it

    places = content_paths(content, paths)
    if places.outside:
        names = ", ".join(str(path) for path in places.outside[:MAX_SKIPPED_NAMED])
        more = len(places.outside) - MAX_SKIPPED_NAMED
        others = f" and {more} more" if more > 0 else ""
        notify(f"skipped, since not in the content folder {str(content)!r}: {names}{others}")
    return places.inside


def shared_options(command: Command) -> Command:
    """Add the options that every command has."""
    for option in (
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            help="Number of worker processes.  [default: one per CPU]",
        ),
        click.option(
            "--as-of", metavar="DATE", help="Date that counts as today, such as 2025-01-31."
        ),
        click.option("--base-url", metavar="URL", help="Address of the site; overrides site.yaml."),
        click.option(
            "--cache",
            type=FOLDER,
            default=".monograph-site",
            show_default=True,
            help="Cache folder; safe to delete.",
        ),
        click.option(
            "--templates",
            type=FOLDER,
            default=TEMPLATES,
            show_default=True,
            help="Folder with your own theme files.",
        ),
        content_option,
    ):
        command = option(command)
    return command


def make_options(
    jobs: int | None, as_of: str | None, content: Path, templates: Path, **values: Any
) -> Options:
    """The options of a command, from the values of its command-line options.

    Raises click's UsageError for a folder that does not exist or a value that is not a date.
    """
    require_content(content)
    if templates != TEMPLATES and not templates.is_dir():
        raise click.UsageError(f"there is no templates folder {str(templates)!r}")
    from ..build.options import Options  # `--version` and `--help` need not import it

    try:
        day = date.fromisoformat(as_of) if as_of else date.today()
    except ValueError:
        raise click.BadParameter(
            f"{as_of!r} is not a date such as 2025-01-31", param_hint="--as-of"
        ) from None
    return Options(day.isoformat(), content, templates, jobs=jobs or default_jobs(), **values)


def colour_on(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and its user wants them
    (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def guarded(function: Callable[[], Result]) -> Result:
    """The result of a function. An error ends the program with status 2: an expected one with its
    message, any other one with a traceback and a request to report it."""
    try:
        return function()
    except OSError as error:
        fail(describe_os_error(error))
    except MonographError as error:
        fail(str(error))
    except Exception:
        import traceback  # only where something is wrong

        traceback.print_exc()
        fail("this is an internal error of monograph-site; please report it with the lines above")


def fail(message: str) -> NoReturn:
    """End the program with status 2 and a message."""
    notify(f"Error: {message}")
    sys.exit(2)


def notify(message: str, end: str = "\n") -> None:
    """Show the user a message that is not part of the output. Where it cannot be shown, the command
    goes on."""
    with suppress(OSError):
        click.echo(message + end, nl=False, err=True)


def show_cache_warnings() -> None:
    """Show the first `CacheWarning` of this run as a message; the further ones would say the
    same."""
    show_others = warnings.showwarning
    warnings.simplefilter("always", CacheWarning)

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, CacheWarning):
            warnings.simplefilter("ignore", CacheWarning)
            notify(f"Warning: {message}")
        else:
            show_others(message, category, *place, **more)

    warnings.showwarning = show


def progress() -> Callable[[str, int, int], None] | None:
    """A bar that shows progress on the terminal; None where there is none."""
    if not sys.stderr.isatty():
        return None
    from .progress import ProgressBar  # only for terminals

    return ProgressBar(sys.stderr)
