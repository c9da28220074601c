"""A new site that builds at once: settings, a page of each kind, policy pages, and what git, GitHub
and an editor need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..model.files import write_bytes

HIDDEN_PREFIX = "dot-"
"""What stands for the dot of hidden files here, so that they do nothing in this package."""


class NewSite(NamedTuple):
    """What became of a new site."""

    written: tuple[str, ...]
    """The files that were written, relative to the folder."""
    kept: tuple[str, ...]
    """The files that were there already and stay as they are."""


def create_site(folder: Path) -> NewSite:
    """Write the files of a new site into a folder, which is made where it does not exist. A file that
    exists is kept. Raises OSError."""
    written: list[str] = []
    kept: list[str] = []
    for path, text in starter_files(folder.resolve().name):
        target = folder / path
        if target.exists():
            kept.append(path)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(target, text.encode())
        written.append(path)
    return NewSite(tuple(written), tuple(kept))


def starter_files(name: str) -> Iterator[tuple[str, str]]:
    """The path and the text of each file of a new site in a folder of this name."""
    values = {"$requirement": requirement(), "$title": name.replace("-", " ").capitalize()}
    for path, file in sorted(_walk(files(__package__).joinpath("site"))):
        text = file.read_text("utf-8")
        if path in ("requirements.txt", "README.md"):
            for placeholder, value in values.items():
                text = text.replace(placeholder, value)
        yield path, text


def requirement() -> str:
    """What `pip install` needs to install this program: its version, or the commit of the repository
    that it was installed from."""
    try:
        origin = distribution("monograph-site").read_text("direct_url.json")
    except PackageNotFoundError:
        origin = None
    stated = json.loads(origin) if origin else {}
    vcs = stated.get("vcs_info", {})
    if vcs.get("vcs") == "git" and vcs.get("commit_id"):
        return f"monograph-site @ git+{stated['url']}@{vcs['commit_id']}"
    return f"monograph-site=={__version__}"


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        name = item.name
        if name == "__pycache__":
            continue
        if name.startswith(HIDDEN_PREFIX):
            name = "." + name.removeprefix(HIDDEN_PREFIX)
        path = f"{prefix}{name}"
        if item.is_dir():
            yield from _walk(item, f"{path}/")
        else:
            yield path, item
