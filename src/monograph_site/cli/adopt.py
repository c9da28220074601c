"""`monograph-site adopt`: the site of another generator moves in."""

from __future__ import annotations

from pathlib import Path

import click

from ..config import SETTINGS_FILE
from ..model.files import write_bytes
from .options import FOLDER, fail, guarded


@click.command("adopt")
@click.argument("folder", type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Print site.yaml instead of writing it.")
@click.option("--force", is_flag=True, help="Overwrite an existing site.yaml.")
def adopt_command(folder: Path, dry_run: bool, force: bool) -> None:
    """Write site.yaml for the FOLDER of Hugo, Zola, Jekyll, MkDocs, Astro, Starlight, Obsidian or
    Quartz.

    Reads its configuration, keeps or redirects every former address, and says what was understood
    and what was not. No other file is changed.

    Exit status: 0 = success; 2 = usage error or internal error.
    """
    from ..adopt.adoption import adopt, report_lines  # the parsers: `--help` needs none

    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {str(folder)!r}")
    result = guarded(lambda: adopt(folder))
    target = result.site.content / SETTINGS_FILE
    if dry_run:
        click.echo(result.site_yaml, nl=False)
        click.echo("\n".join(report_lines(result)), err=True)
        return
    if target.exists() and not force:
        fail(f"'{target}' exists already; look at --dry-run, or overwrite it with --force")
    guarded(lambda: write_bytes(target, result.site_yaml.encode()))
    click.echo("\n".join((*report_lines(result), "", f"Wrote {target}")))
