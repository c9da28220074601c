"""`monograph-site lsp`: the language server for editors."""

from __future__ import annotations

import os
import sys

import click

from .options import fail, guarded


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Accepted for editors that add it; the only transport.")
def lsp_command(stdio: bool) -> None:
    """Run a language server for an editor, over standard input and output: findings while typing,
    manuals, corrections, completion, definitions, an outline, renaming of citation keys. See
    docs/editors.md for Visual Studio Code, Neovim and Helix.

    The content folder is the one with site.yaml, or `content` in the folder that is open.

    Exit status: 0 = the editor has ended it; 2 = usage error or internal error.
    """
    try:
        from ..language_server.server import make_server  # an extra, and slow to import
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        fail("the language server needs pygls; install it with: pip install 'monograph-site[lsp]'")
    server = make_server()
    # The server closes its streams, and standard output is still flushed when the command ends.
    with (
        os.fdopen(os.dup(sys.stdin.fileno()), "rb") as requests,
        os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers,
    ):
        try:
            guarded(lambda: server.start_io(requests, answers))
        finally:
            server.content.shut_down()  # also where the editor has died
