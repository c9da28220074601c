"""The command line. Exit codes: 0 good, 1 errors in the content, 2 wrong use or an internal fault."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from . import __version__, report
from .build import build, check
from .execution import WorkerCrashed, default_jobs
from .inputs import Options
from .output import OutputError
from .theme import ThemeError

Command = TypeVar("Command", bound=Callable[..., Any])
Done = TypeVar("Done")
EDITOR = "vscode://file/{path}:{line}:{column}"
TEMPLATES = Path("templates")
FOLDER = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="monograph-site")
def cli() -> None:
    """Publish drug monographs kept as Markdown as a static website."""


def shared(command: Command) -> Command:
    """The options that every command has."""
    for option in (
        click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a processor]"),
        click.option("--as-of", metavar="DATE", help="The day that counts as today, such as 2025-01-31."),
        click.option("--base-url", metavar="URL", help="Where the site will stand, instead of site.yaml's."),
        click.option("--cache", type=FOLDER, default=".monograph-site", show_default=True, help="Safe to delete."),
        click.option("--templates", type=FOLDER, default=TEMPLATES, show_default=True, help="Theme files of your own."),
        click.option("--content", type=FOLDER, default="content", show_default=True, help="The monographs."),
    ):
        command = option(command)
    return command


@cli.command("build")
@shared
@click.option("--output", type=FOLDER, default="build", show_default=True, help="The site: upload this folder.")
@click.option("--keep-going", is_flag=True, help="Publish what is sound although there are errors.")
@click.option("--no-search", is_flag=True, help="Leave the search out.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary for machines.")
def build_command(no_search: bool, as_json: bool, **given: Any) -> None:
    """Build the site.

    Exit status: 0 good, 1 errors in the content (nothing is published, or with --keep-going all that is sound),
    2 wrong use or a fault.
    """
    options = _options(search=not no_search, **given)
    summary = _guarded(lambda: build(options, _say, None if as_json else _progress()))
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    else:
        click.echo(report.text(summary.diagnostics, colour=sys.stderr.isatty()), nl=False, err=True)
        click.echo(summary.line())
    sys.exit(1 if summary.has_errors else 0)


@cli.command("check")
@shared
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check_command(form: str, **given: Any) -> None:
    """Say everything that is wrong with the content, with file, line and column; publish nothing.

    Exit status: 0 no errors, 1 errors, 2 wrong use or a fault.
    """
    options = _options(**given)
    summary = _guarded(lambda: check(options, None if form == "json" else _progress()))
    if form == "json":
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    else:
        click.echo(report.text(summary.diagnostics, colour=sys.stdout.isatty(), verbose=True), nl=False)
        click.echo(summary.line(), err=True)
    sys.exit(1 if summary.has_errors else 0)


@cli.command("serve")
@shared
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0 for any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--editor", metavar="URL", default=EDITOR, show_default=True, help="Where links to a line of a file lead."
)
def serve_command(port: int, host: str, open_browser: bool, editor: str, **given: Any) -> None:
    """Show the site while it is written: every save is seen at once, and no fault takes the last good page away.

    Pages are what `build` would publish, and nothing is written but the cache. Ctrl-C ends it.

    Exit status: 0 ended, 2 wrong use, a port in use, or a fault.
    """
    from .server.running import PortTaken, serve  # the web server takes longer to import than a build may take

    if "{path}" not in editor or not re.match(r"(?!javascript|data)[a-z][a-z0-9+.-]*:", editor):
        raise click.BadParameter(f"{editor!r} is no address with {{path}} in it", param_hint="--editor")
    options = _options(**given)
    try:
        _guarded(lambda: serve(options, host, port, editor, _say, open_browser=open_browser))
    except PortTaken as problem:
        _fail(str(problem))


def main() -> None:
    """The entry point: what click does not know to be exit status 2 is made so here."""
    try:
        cli.main(prog_name="monograph-site", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; the site is as it was or will be whole after the next build", err=True)
        sys.exit(130)


def _options(jobs: int | None, as_of: str | None, content: Path, templates: Path, **given: Any) -> Options:
    if not content.is_dir():
        raise click.UsageError(f"there is no content folder {str(content)!r}; name one with --content")
    if templates != TEMPLATES and not templates.is_dir():
        raise click.UsageError(f"there is no templates folder {str(templates)!r}")
    try:
        day = date.fromisoformat(as_of).isoformat() if as_of else date.today().isoformat()
    except ValueError:
        raise click.BadParameter(f"{as_of!r} is no date such as 2025-01-31", param_hint="--as-of") from None
    return Options(day, content, templates, jobs=jobs or default_jobs(), **given)


def _guarded(work: Callable[[], Done]) -> Done:
    """What the work gives; what it can't give ends the program with status 2 and a message."""
    try:
        return work()
    except (OutputError, ThemeError, WorkerCrashed, OSError) as problem:
        _fail(str(problem))
    except Exception as fault:
        if type(fault).__name__ == "RenderError":  # its module imports the template engine, which may not be needed
            _fail(str(fault))
        traceback.print_exc()
        _fail("this is a fault of monograph-site; please report it with the lines above")


def _fail(message: str) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    sys.exit(2)


def _say(message: str) -> None:
    click.echo(message, err=True)


def _progress() -> Callable[[str, int, int], None] | None:
    """Progress on one line of a terminal, which it leaves empty; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, total: int) -> None:
        if done % 25 == 0 or done == total:
            sys.stderr.write(f"\r\x1b[K{f'{stage} {done:,} of {total:,}' if done < total else ''}")
            sys.stderr.flush()

    return show
