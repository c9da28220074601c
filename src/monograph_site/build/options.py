"""Everything a site is made of, taken in at one moment: settings, theme, code, and the state of the
content folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from ..config import Settings, read_settings
from ..model import files
from ..model.strings import digest
from ..render import theme
from ..render.theme import Theme
from . import scan
from .scan import Scan

_NOT_SHOWN = {"shown": False}
"""Marks an option that no byte of the site depends on."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to build, of what, and how."""

    as_of: str
    """ISO date that counts as today; only overdue reviews depend on it."""
    content: Path = field(default=Path("content"), metadata=_NOT_SHOWN)
    templates: Path = field(default=Path("templates"), metadata=_NOT_SHOWN)
    output: Path = field(default=Path("build"), metadata=_NOT_SHOWN)
    cache: Path = field(default=Path(".monograph-site"), metadata=_NOT_SHOWN)
    base_url: str | None = None
    """Instead of site.yaml's."""
    search: bool = True
    jobs: int = field(default=1, metadata=_NOT_SHOWN)
    keep_going: bool = False
    asked: tuple[str, ...] = ()
    """Codes and names of optional findings to look for, besides those of site.yaml."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The options that show in the site, as text: all but those that say where things lie and
        how fast to work."""
        names = (one.name for one in fields(self) if "shown" not in one.metadata)
        return tuple(f"{name}={getattr(self, name)!r}" for name in names)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build starts from."""

    theme: Theme
    code: str
    """Digest of the code that makes pages."""
    settings: Settings
    chosen: tuple[str, ...]
    """The options that show in the site."""
    found: Scan

    def key(self, digests: Mapping[str, str]) -> str:
        """The same key means the same site, byte for byte. `digests` are those of all content
        files, by path."""
        faults = (str(one) for one in self.found.faults)
        files = (part for path in sorted(digests) for part in (path, digests[path]))
        return digest(
            self.settings.digest, self.settings.problem, str(len(self.chosen)), *self.chosen,
            self.theme.digest, self.code, str(len(self.found.faults)), *faults, *files,
        )  # fmt: skip


def read_inputs(options: Options) -> Inputs:
    """Look at everything. Raises ThemeError, and OSError for a content folder that can't be read."""
    return Inputs(
        theme.read(options.templates),
        code_digest(),
        read_settings(options.content),
        options.shown,
        scan.scan(
            options.content,
            scan.load_index(options.cache / "index"),
            (options.output, options.cache),
        ),
    )


def code_digest() -> str:
    """A digest of this package's source and data files, of Python's version and of every installed
    package's name and version.

    Other code may make other pages of the same content. Versions are read from the names of the
    `.dist-info` folders: asking `importlib.metadata` would cost more than all the rest.
    """
    package = str(Path(__file__).parents[1])
    parts = [sys.version]
    for name, entry in files.walk(package):
        if name.endswith((".py", ".toml", ".txt")):
            with open(entry.path, "rb") as file:
                parts += [name, digest(file.read())]
    for folder in sys.path:
        try:
            parts += sorted(
                name for name in os.listdir(folder or ".") if name.endswith(".dist-info")
            )
        except OSError:
            continue
    return digest(*parts)
