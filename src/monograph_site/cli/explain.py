"""`monograph-site explain` and `monograph-site rules`: what the findings mean."""

from __future__ import annotations

import sys

import click

from .options import colour_on, guarded


@click.command("explain")
@click.argument("word", metavar="CODE|NAME")
def explain_command(word: str) -> None:
    """Explain a finding: what it means, why it matters, and how to fix or suppress it.

    Exit status: 0 = success; 2 = no finding has this code or name.
    """
    # These import every rule, which other commands should not have to wait for.
    from ..check.explain import explain_kind
    from ..check.kinds import find_kind

    kind = guarded(lambda: find_kind(word))
    click.echo(explain_kind(kind, colour_on(sys.stdout)), nl=False)


@click.command("rules")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Output format.",
)
def rules_command(form: str) -> None:
    """List all kinds of findings.

    Exit status: 0 = success; 2 = usage error.
    """
    from ..check.explain import FORMATS  # see `explain_command`
    from ..check.kinds import findings  # see `explain_command`

    click.echo(FORMATS[form](findings()), nl=False)
