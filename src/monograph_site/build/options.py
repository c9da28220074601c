"""What a build is asked for (`Options`), and everything it depends on (`Inputs`): settings, theme,
code, and the content folder."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from ..config import Settings, read_settings
from ..model.files import Signature, is_racy, signature_from_stat, walk
from ..model.strings import digest
from ..render.theme import Theme, read_theme
from .cache import make_cache_folder, read_decoded, write_atomically
from .scan import Index, Scan, load_index, scan_folder
from .state import cached_config
from .watched import installed_packages

if TYPE_CHECKING:
    from ..config import Config

PACKAGE = Path(__file__).parents[1]
"""The folder of this package."""
_NOT_SHOWN = ("content", "templates", "output", "cache", "jobs", "executor")
"""The options that no byte of the site depends on."""
_OVERRIDES = ("base_url", "search", "offline", "optional_rules")
"""The options that override a setting of site.yaml: each has the name of an argument of
`load_config`."""


class Options(Struct, frozen=True):
    """What to build, from what, and how.

    Paths are relative to the current directory. A new option counts as one that shows in the site,
    and so is part of the key of a build, unless it is among `_NOT_SHOWN`.
    """

    as_of: str
    """ISO date that counts as today; overdue reviews and dates in the future depend on it."""
    content: Path = Path("content")
    """Folder with the monographs and `site.yaml`."""
    templates: Path = Path("templates")
    """Folder with templates and assets that replace those of the default theme; need not exist."""
    output: Path = Path("build")
    """Folder for the site; made if need be."""
    cache: Path = Path(".monograph-site")
    """Folder with what earlier builds keep for later ones; safe to delete."""
    base_url: str | None = None
    """Address of the site, in place of the one in site.yaml; None for that one."""
    search: bool = True
    """False leaves the search out; True leaves the choice to site.yaml."""
    offline: bool = False
    """Whether the site works from files, without a web server."""
    jobs: int = 1
    """Number of worker processes, at least 1."""
    executor: str = ""
    """Address of a Dask scheduler (`dask://HOST:PORT`) whose workers do the work; '' for processes
    of this machine."""
    compress: bool = False
    """Whether files get compressed forms beside them."""
    keep_going: bool = False
    """Whether valid pages are published even if other files have errors."""
    optional_rules: tuple[str, ...] = ()
    """Codes and names of optional rules to apply, besides those that site.yaml turns on."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The options that the site depends on, as text: all but the folders and the number of
        workers."""
        names = (name for name in self.__struct_fields__ if name not in _NOT_SHOWN)
        return tuple(f"{name}={getattr(self, name)!r}" for name in names)

    @property
    def overrides(self) -> dict[str, Any]:
        """The arguments of `load_config` that override settings of site.yaml."""
        values = {name: getattr(self, name) for name in _OVERRIDES}
        return {**values, "search": None if self.search else False}


class Inputs(Struct, frozen=True):
    """Everything a build depends on, as it was at one moment."""

    theme: Theme
    code: str
    """Digest of the code that makes pages."""
    settings: Settings
    """site.yaml."""
    shown_options: tuple[str, ...]
    """See `Options.shown`."""
    content: Scan
    """The content folder."""
    index: Index
    """What an earlier run knew of it."""

    def key(self, content_key: str) -> str:
        """The key of a build with a `content_key`: the same key means the same site, byte for
        byte."""
        return digest(self.theme.digest, content_key)

    def content_key(self, digests: Mapping[str, str]) -> str:
        """The key of all that a build depends on but the text of the templates: the same key means
        the same findings, and the same pages as far as they are planned. `digests` are those of all
        content files, by path."""
        files = (part for path in sorted(digests) for part in (path, digests[path]))
        return digest(self.surroundings, *files)

    @property
    def surroundings(self) -> str:
        """The digest of all that a build depends on but the content files and the text of the
        templates."""
        findings = (str(finding) for finding in self.content.faults)
        return digest(
            self.settings.digest, self.settings.problem, str(len(self.shown_options)),
            *self.shown_options, self.theme.assets_digest, self.code, *findings,
        )  # fmt: skip


def read_inputs(options: Options, settings: Settings | None = None) -> Inputs:
    """Read settings, theme and code, and scan the content folder. `settings` take the place of
    site.yaml.

    Raises UsageProblem, ThemeError, and OSError for a content folder that cannot be read.
    """
    make_cache_folder(options.cache, options.content)
    index = load_index(options.cache / "index")
    code, settings = code_digest(options.cache / "code"), settings or read_settings(options.content)
    excluded, static = scope(options, settings, code)
    return Inputs(
        theme=read_theme(options.templates),
        code=code,
        settings=settings,
        shown_options=options.shown,
        content=scan_folder(options.content, index, excluded, static),
        index=index,
    )


def scope(
    options: Options, settings: Settings, code: str
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """What is no content wherever it lies, and the static folders that site.yaml names (see
    `scan_folder`)."""
    excluded = (options.output, options.cache)
    if not settings.scopes_content:
        return excluded, ()
    config, _ = cached_config(settings, options, code)
    return (*excluded, *excluded_paths(options, config)), config.static


def excluded_paths(options: Options, config: Config) -> tuple[Path, ...]:
    """What site.yaml says is not content."""
    return tuple(options.content / path for path in config.exclude)


class _KnownCode(Struct, frozen=True):
    """What an earlier run knew of the files of this package."""

    package: str = ""
    """The folder of the package."""
    taken: int = 0
    """See `scan.Index.taken`, as for `files`."""
    files: dict[str, tuple[Signature, str]] = field(default_factory=dict)


def code_digest(kept: Path | None = None) -> str:
    """A digest of this package's source and data files, of Python's version, and of the name and
    version of every installed package: other code may make other pages of the same content. The
    digests of the files are kept in a file between runs, where one is given.
    """
    known = read_decoded(kept, _KnownCode, _KnownCode()) if kept else _KnownCode()
    code = _read_code(known)
    if kept and code is not known:
        write_atomically(kept, msgspec.msgpack.encode(code))
    parts = [sys.version]
    for name, (_, file_digest) in code.files.items():
        parts += [name, file_digest]
    return digest(*parts, *installed_packages())


def _read_code(known: _KnownCode) -> _KnownCode:
    """The files of this package, read only where they are not known; where all are, `known`."""
    package, taken = str(PACKAGE), time.time_ns()
    known_files = known.files if known.package == package else {}
    files: dict[str, tuple[Signature, str]] = {}
    is_known = True
    for name, entry in walk(package):
        if name.endswith((".py", ".toml", ".txt")):
            signature = signature_from_stat(entry.stat())
            previous = known_files.get(name)
            if previous and previous[0] == signature and not is_racy(signature, known.taken):
                files[name] = previous
                continue
            is_known = False
            with open(entry.path, "rb") as file:
                files[name] = signature, digest(file.read())
    return known if is_known and files == known_files else _KnownCode(package, taken, files)
