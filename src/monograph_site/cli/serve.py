"""`monograph-site serve`: the site while it is written."""

from __future__ import annotations

import re
from typing import Any

import click

from .options import fail, guarded, options, say, shared

EDITOR = "vscode://file/{path}:{line}:{column}"
"""Where a link to a line leads, unless the user names another editor."""


@click.command("serve")
@shared
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="0 for any free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--editor",
    metavar="URL",
    default=EDITOR,
    show_default=True,
    help="Where links to a line of a file lead.",
)
def serve_command(port: int, host: str, open_browser: bool, editor: str, **given: Any) -> None:
    """Show the site while it is written: every save is seen at once, and no fault takes the last
    good page away.

    Pages are what `build` would publish, and nothing is written but the cache. Ctrl-C ends it.

    Exit status: 0 ended, 2 wrong use, a port in use, or a fault.
    """
    from ..preview.server.serve import (
        PortTaken,
        serve,
    )  # the web server takes longer to import than a build may take

    if "{path}" not in editor or not re.match(r"(?!javascript|data)[a-z][a-z0-9+.-]*:", editor):
        raise click.BadParameter(
            f"{editor!r} is no address with {{path}} in it", param_hint="--editor"
        )
    chosen = options(**given)
    try:
        guarded(lambda: serve(chosen, host, port, editor, say, open_browser=open_browser))
    except PortTaken as problem:
        fail(str(problem))
