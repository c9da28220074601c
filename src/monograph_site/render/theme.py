"""The files a site is drawn with: the default theme's, and the site's own in front of them.

Nothing here knows a template language: reading some twenty small files and taking their digests is
all that a build in which nothing changed ever does with a theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..model.errors import ThemeError
from ..model.files import walk
from ..model.strings import digest
from ..site.addresses import asset_path

ASSETS = "assets/"


DEFAULT = "default/"
"""Prefix of the default theme's own templates, so that a site's `base.html` can extend
`default/base.html`."""


@dataclass(frozen=True)
class Theme:
    """Templates as text and assets as bytes, by name, with the file each came from for messages."""

    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    """By name below `assets/`, such as `theme.css`."""
    files: Mapping[str, str]
    """The file of each template, by the template's name."""

    @cached_property
    def digest(self) -> str:
        """Of every template and asset."""
        parts = (part for name in sorted(self.templates) for part in (name, self.templates[name]))
        return digest(self.assets_digest, *parts)

    @cached_property
    def assets_digest(self) -> str:
        """Of every asset: their published names carry a digest, and any template may print such a
        name."""
        return digest(*(part for name in sorted(self.assets) for part in (name, self.assets[name])))


def default_folder() -> Path:
    """The default theme: inside the installed package, else at the top of the checkout the package
    is run from."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_theme", package.parents[1] / "templates"):
        if folder.is_dir():
            return folder
    raise ThemeError(
        f"the default theme is missing from the installation in {str(package)!r}; install it again"
    )


def read(own: Path | None) -> Theme:
    """The theme of a site whose own templates are in `own` (which need not exist). Raises
    `ThemeError`."""
    ours = _files(default_folder())
    mine = _files(own) if own is not None and own.is_dir() else {}
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    files: dict[str, str] = {}
    for name, path in sorted({**ours, **mine}.items()):
        if name.startswith(ASSETS):
            assets[name.removeprefix(ASSETS)] = _bytes(path)
        else:
            templates[name], files[name] = _text(path), path
    for name, path in ours.items():
        if not name.startswith(ASSETS):
            same = files.get(name) == path
            templates[DEFAULT + name], files[DEFAULT + name] = (
                templates[name] if same else _text(path),
                path,
            )
    return Theme(templates, assets, files)


def _files(folder: Path) -> dict[str, str]:
    return {
        name: entry.path
        for name, entry in walk(str(folder))
        if not name.endswith("~") and entry.is_file()
    }


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as problem:
        raise ThemeError(f"the theme's file {path!r} can't be read: {problem.strerror}") from None


def _text(path: str) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError as problem:
        raise ThemeError(
            f"the template {path!r} is not UTF-8 at byte {problem.start}; save it as UTF-8"
        ) from None


def asset_paths(theme: Theme) -> dict[str, str]:
    """The site paths of the theme's files, by name."""
    return {name: asset_path(name, digest(content)) for name, content in theme.assets.items()}
