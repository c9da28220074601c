"""`monograph-site explain` and `monograph-site rules`: what the findings mean."""

from __future__ import annotations

import sys

import click

from .options import colour_on, guarded


@click.command("explain")
@click.argument("finding", metavar="CODE|NAME")
def explain_command(finding: str) -> None:
    """Say what a finding means, why it matters, how to mend it and how to silence it.

    Exit status: 0 good, 2 where no finding is called so.
    """
    from ..check import (
        explain,
        selection,
    )  # these import every rule, which no other command may have to wait for

    one = guarded(lambda: selection.named(finding))
    click.echo(explain.explained(one, colour_on(sys.stdout)), nl=False)


@click.command("rules")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
def rules_command(form: str) -> None:
    """List every kind of finding there is."""
    from ..check import explain, selection  # see `explain_command`

    click.echo(explain.FORMATS[form](selection.findings()), nl=False)
