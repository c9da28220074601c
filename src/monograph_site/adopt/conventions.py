"""The generators whose folders are recognised."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..model.errors import UsageProblem
from .astro import read_astro
from .hugo import read_hugo
from .jekyll import read_jekyll
from .mkdocs import read_mkdocs
from .obsidian import read_obsidian, read_quartz
from .old_site import OldSite
from .zola import read_zola


class Convention(NamedTuple):
    """A generator, and what reads its configuration."""

    name: str
    marks: str
    """What shows that a folder is one of its sites."""
    read: Callable[[Path], OldSite | None]
    """The site of a folder; None where it has none. Raises ValueError for a configuration that can't
    be read."""


CONVENTIONS = (
    Convention("Zola", "config.toml with base_url, content/", read_zola),
    Convention("Hugo", "hugo.toml, config.toml/yaml/json or config/_default/, content/", read_hugo),
    Convention("MkDocs", "mkdocs.yml, docs/", read_mkdocs),
    Convention("Astro or Starlight", "astro.config.*, src/content/", read_astro),
    Convention("Jekyll", "_config.yml", read_jekyll),
    Convention("Quartz", "quartz.config.ts, content/", read_quartz),
    Convention("Obsidian", ".obsidian/", read_obsidian),
)
"""In this order: a vault may be the content of another site."""


def recognise(folder: Path) -> OldSite:
    """The site in a folder. Raises UsageProblem where none is recognised."""
    for convention in CONVENTIONS:
        try:
            site = convention.read(folder)
        except ValueError as problem:
            raise UsageProblem(str(problem)) from None
        if site is not None:
            return site
    known = "".join(f"\n  {convention.name}: {convention.marks}" for convention in CONVENTIONS)
    raise UsageProblem(
        f"no site of a known generator in '{folder}'; name the folder that has its configuration:"
        f"{known}\nA folder of Markdown alone needs nothing: monograph-site build --content {folder}"
    )
