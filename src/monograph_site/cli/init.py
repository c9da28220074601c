"""`monograph-site init` and `monograph-site new`: a new site, and a new page."""

from __future__ import annotations

from pathlib import Path

import click

from ..config import load_config, read_settings
from ..model.monograph import KINDS
from ..starter.new_page import create_page
from ..starter.new_site import create_site
from .options import FOLDER, content_option, guarded, require_content

NEXT_STEPS = """\
Next:
  monograph-site serve              preview the site
  monograph-site new drug NAME      start a page
  monograph-site check              report every problem"""


@click.command("init")
@click.argument("folder", type=FOLDER, default=".")
def init_command(folder: Path) -> None:
    """Make a new site in FOLDER (the current one by default).

    It has settings, a page of each kind, policy pages, and what git, GitHub Pages, pre-commit and
    VS Code need. Files that exist are kept.

    Exit status: 0 = success; 2 = usage error or internal error.
    """
    site = guarded(lambda: create_site(folder))
    for path in site.written:
        click.echo(f"wrote  {folder / path}")
    for path in site.kept:
        click.echo(f"kept   {folder / path}")
    if folder.resolve() != Path.cwd():
        click.echo(f"\ncd {folder}")
    click.echo(f"\n{NEXT_STEPS}")


@click.command("new")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name")
@content_option
def new_command(kind: str, name: str, content: Path) -> None:
    """Start a page of a KIND, with every section and field ready to fill.

    The file name is made of NAME, which is the title. `check` names each placeholder until it is
    filled in.

    Exit status: 0 = success; 2 = usage error or internal error.
    """
    require_content(content)

    def create() -> Path:
        config, _ = load_config(read_settings(content))
        return create_page(content, config, kind, name)

    path = guarded(create)
    click.echo(
        f"wrote {path}\nFill in each [add: …]; `monograph-site check {path}` names those that are left."
    )
