"""`monograph-site schema`: JSON Schema for editors, and the configuration of a CMS."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..model.monograph import KINDS
from .options import FOLDER, guarded


@click.command("schema")
@click.argument("kind", type=click.Choice([*KINDS, "front-matter", "site"]), default="front-matter")
@click.option(
    "--cms",
    type=click.Choice(["decap", "sveltia"]),
    help="Print the configuration of this CMS instead, for all kinds.",
)
@click.option(
    "--content",
    type=FOLDER,
    default="content",
    show_default=True,
    help="Folder with the monographs (for --cms).",
)
def schema_command(kind: str, cms: str | None, content: Path) -> None:
    """Print the JSON Schema of the front matter of a KIND of page, of any (front-matter), or of
    site.yaml (site).

    Exit status: 0 = success; 2 = usage error or internal error.
    """
    if cms:
        # The forms of front matter and pydantic: `--help` needs none of them.
        from ..config import load_config, read_settings
        from ..starter.cms import cms_config

        config, _ = load_config(read_settings(content))
        click.echo(guarded(lambda: cms_config(config, content.as_posix())), nl=False)
        return
    if kind == "site":
        from ..config.settings_schema import settings_schema  # see above

        schema = settings_schema()
    else:
        from ..source.front_matter_schema import front_matter_schema  # see above

        schema = front_matter_schema("" if kind == "front-matter" else kind)
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
