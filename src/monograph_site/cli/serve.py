"""`monograph-site serve`: a preview of the site while it is written."""

from __future__ import annotations

import re
from typing import Any

import click

from .options import guarded, make_options, notify, shared_options

EDITOR = "vscode://file/{path}:{line}:{column}"
"""The default form of links to a line of a file."""


@click.command("serve")
@shared_options
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 for any free port.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--editor",
    metavar="URL",
    default=EDITOR,
    show_default=True,
    help="Form of links that open a file in your editor.",
)
def serve_command(port: int, host: str, open_browser: bool, editor: str, **values: Any) -> None:
    """Preview the site while you write: every save appears in the browser at once, and while a file
    has errors its last good page stays visible.

    Pages are those that `build` would publish; only the cache is written. Stop it with Ctrl-C.

    Exit status: 0 = stopped; 2 = usage error (such as a port in use) or internal error.
    """
    # The web server takes longer to import than a whole build may take.
    from ..preview.server.serve import serve

    if "{path}" not in editor or not re.match(r"(?!javascript|data)[a-z][a-z0-9+.-]*:", editor):
        raise click.BadParameter(
            f"{editor!r} is not a URL with {{path}} in it", param_hint="--editor"
        )
    options = make_options(**values)
    guarded(lambda: serve(options, host, port, editor, notify, open_browser=open_browser))
