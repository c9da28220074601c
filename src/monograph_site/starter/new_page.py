"""A new page with every section and field that its kind should have, ready to fill."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from ..config import FOLDER_KINDS, Config
from ..model.errors import UsageProblem
from ..model.files import SOURCE_SUFFIXES, write_bytes
from ..model.strings import collapse, slugify
from ..regex import regex

_PLAIN_YAML = regex(r"[^\W\d_][\w +./()-]*")
_YAML_WORDS = frozenset("yes no on off true false null y n".split())


def create_page(content: Path, config: Config, kind: str, name: str) -> Path:
    """Write a new page of a kind into the folder that the site keeps such pages in, under a file name
    made of its name. Raises UsageProblem where there is such a file or the name has no letters, and
    OSError.
    """
    title = collapse(name)
    slug = slugify(title)
    if not slug:
        raise UsageProblem(
            f"a file name can't be made of {name!r}; give a name with letters from a to z, and "
            "change the title in the file"
        )
    folder = content / folder_of_kind(config, kind)
    for suffix in SOURCE_SUFFIXES:
        if (folder / f"{slug}{suffix}").exists():
            raise UsageProblem(f"'{folder / f'{slug}{suffix}'}' exists already")
    path = folder / f"{slug}.md"
    folder.mkdir(parents=True, exist_ok=True)
    write_bytes(path, page_text(kind, title).encode())
    return path


def folder_of_kind(config: Config, kind: str) -> str:
    """The folder in the content folder for pages of a kind: the first that site.yaml has for it, else
    the usual one."""
    for folder, collection in config.collections.items():
        if collection.kind == kind and not collection.data and folder != ".":
            return folder
    preferred = {"drug": "drugs", "brand": "brands", "page": "pages"}
    return preferred.get(kind) or next(name for name, of in FOLDER_KINDS.items() if of == kind)


def page_text(kind: str, title: str) -> str:
    """The text of a new page."""
    text = files(__package__).joinpath("kinds", f"{kind}.md").read_text("utf-8")
    is_plain = _PLAIN_YAML.fullmatch(title) and title.lower() not in _YAML_WORDS
    return text.replace("$title", title if is_plain else json.dumps(title, ensure_ascii=False), 1)
