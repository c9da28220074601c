"""The theme of a site: the files of the default theme, and those of the site that replace them.

This module does not import the template engine: a build in which nothing changed only reads some
twenty small files and takes their digests.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from ..model.errors import ThemeError
from ..model.files import walk
from ..model.strings import digest, lasting_digest

ASSETS = "assets/"
"""Folder of the files that are published as they are."""
WORDS, CATALOGUE = "words/", ".po"
"""Folder and suffix of the site's own catalogues of words; the name between them is the language."""
DEFAULT = "default/"
"""Prefix of the templates of the default theme, so that the `base.html` of a site can extend
`default/base.html`."""


class Theme(Struct, frozen=True, dict=True):
    """The templates and assets of a site."""

    templates: Mapping[str, str]
    """The text of each template, by name."""
    assets: Mapping[str, bytes]
    """The bytes of each asset, by its name below `assets/`, such as `theme.css`."""
    files: Mapping[str, str]
    """The file of each template, by its name, for messages."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The catalogues of words in the site's own files, by language (see `model.words`)."""

    @cached_property
    def digest(self) -> str:
        """The digest of all templates and assets."""
        parts = (part for name in sorted(self.templates) for part in (name, self.templates[name]))
        return digest(self.assets_digest, *parts)

    @cached_property
    def assets_digest(self) -> str:
        """The digest of all assets and catalogues. It counts for every template, since a template may print the
        published name of any asset, which contains its digest."""
        parts = [part for name in sorted(self.assets) for part in (name, self.assets[name])]
        parts += [part for name in sorted(self.words) for part in (name, self.words[name])]
        return digest(*parts)


def default_folder() -> Path:
    """The folder of the default theme: inside the installed package, or at the top of the checkout.

    Raises ThemeError where there is neither.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_theme", package.parents[1] / "templates"):
        if folder.is_dir():
            return folder
    raise ThemeError(
        f"the default theme is missing in {str(package)!r}; install monograph-site again"
    )


def read_theme(own: Path | None) -> Theme:
    """The theme of a site with its own files in the folder `own`, which need not exist.

    Raises ThemeError for a file that cannot be read or a template that is not UTF-8.
    """
    default_files = _files(default_folder())
    own_files = _files(own) if own is not None and own.is_dir() else {}
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    files: dict[str, str] = {}
    words: dict[str, str] = {}
    for name, path in sorted({**default_files, **own_files}.items()):
        if name.startswith(ASSETS):
            assets[name.removeprefix(ASSETS)] = _bytes(path)
        elif name.startswith(WORDS) and name.endswith(CATALOGUE):
            words[name.removeprefix(WORDS).removesuffix(CATALOGUE)] = _text(path)
        else:
            templates[name], files[name] = _text(path), path
    for name, path in default_files.items():
        if not name.startswith(ASSETS):
            is_replaced = files.get(name) != path
            templates[DEFAULT + name] = _text(path) if is_replaced else templates[name]
            files[DEFAULT + name] = path
    return Theme(templates, assets, files, words)


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
        raise ThemeError(f"can't read the theme file {path!r}: {problem.strerror}") from None


def _text(path: str) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError as problem:
        raise ThemeError(
            f"the template {path!r} is not UTF-8 at byte {problem.start}; save it as UTF-8"
        ) from None


def asset_paths(theme: Theme) -> dict[str, str]:
    """The site path of each asset, by name."""
    from ..site.addresses import asset_path  # a build in which nothing changed needs no address

    return {
        name: asset_path(name, lasting_digest(content)) for name, content in theme.assets.items()
    }
