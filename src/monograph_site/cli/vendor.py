"""`monograph-site vendor`: pictures of other hosts are copied into the content folder."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..check.formats.style import plural
from .options import guarded, make_options, notify, shared_options


@click.command("vendor")
@shared_options
def vendor_command(**values: Any) -> None:
    """Download the pictures of other hosts that pages show, once, into `_vendored` of the content
    folder. Builds then show these copies; without them they show links.

    Exit status: 0 = success; 1 = some picture could not be downloaded; 2 = usage error or internal
    error.
    """
    options = make_options(**values)
    from ..build.vendor import vendor  # the loader, and the modules of the network

    result = guarded(lambda: vendor(options))
    for url, reason in result.problems:
        notify(f"{url}: not downloaded: {reason}")
    click.echo(
        f"{plural(len(result.downloaded), 'picture')} downloaded, {result.kept} there already, "
        f"{result.removed} removed"
    )
    sys.exit(1 if result.problems else 0)
