"""What is known of the site that moves in, whatever made it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from ..build.scan import SUFFIXES
from ..config.settings_file import FRAGMENT_FOLDERS
from ..loader.includes import included, included_names
from ..loader.shortcodes import find_tags
from ..markdown.hidden import remove_hidden
from ..model.files import walk
from ..model.strings import is_known_language
from ..source.decode import decode
from ..source.front_matter import read_front_matter
from ..source.publication import is_draft


class OldPage(Struct, frozen=True):
    """A content file, as the other generator saw it."""

    path: str
    """Relative to the content folder."""
    front: Mapping[str, Any]
    has_front_matter: bool
    shortcodes: Mapping[str, tuple[int, str]]
    """How often each shortcode is used, and its first tag."""
    includes: tuple[str, ...] = ()
    """The names of the files that it includes and that are not known."""

    @property
    def folders(self) -> list[str]:
        """The folders that it is in."""
        return self.path.split("/")[:-1]

    @property
    def stem(self) -> str:
        """The name of the file without its suffix."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    @property
    def is_draft(self) -> bool:
        """Whether the other generator did not publish it."""
        return is_draft(self.front)

    def text(self, *keys: str) -> str:
        """The first of these keys of the front matter that has a text or number; '' for none."""
        values = (self.front.get(key) for key in keys)
        return next((str(value) for value in values if isinstance(value, str) and value), "")

    def texts(self, *keys: str) -> list[str]:
        """All texts of these keys, each of which may have one or a list."""
        found: list[str] = []
        for key in keys:
            value = self.front.get(key)
            found += [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [text for text in found if isinstance(text, str) and text]


class OldLanguage(Struct):
    """A language of a site, in the terms of site.yaml."""

    folder: str = ""
    """The folder of the content that its pages are in, where that is not named by its tag."""
    title: str = ""
    """Its own title of the site; '' for the same one."""
    menu: dict[str, str] = field(default_factory=dict)
    """Former addresses by label; empty for the menu of the site."""


OldAddresses = Callable[[OldPage], Iterable[str]]
"""The former addresses of a page: a site path, a file such as `/a.html`, or a path without its last
slash."""


class OldSite(Struct):
    """What the configuration of another generator says, in the terms of site.yaml."""

    tool: str
    content: Path
    """The content folder."""
    config_file: str
    """Its configuration, for comments and messages."""
    addresses: OldAddresses
    settings: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By key of site.yaml: the value, and where it comes from."""
    permalinks: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By folder of the content: the permalink of a collection, and where it comes from."""
    menu: dict[str, str] = field(default_factory=dict)
    """Former addresses by label."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Former addresses, or full ones, by address from before."""
    feeds: tuple[str, ...] = ()
    """Former addresses of the feed of the site."""
    lists: tuple[str, ...] = ()
    """Keys of front matter, each of which had a page for every value (`tags`)."""
    languages: dict[str, OldLanguage] = field(default_factory=dict)
    """By tag: the languages whose pages are marked by a folder (`fr/x.md`) or by their name
    (`x.fr.md`). The main one is among them where it has a folder too."""
    main_language: str = ""
    """The tag of the main language, whose pages were at the top; '' where that does not matter."""
    main_prefix: str = ""
    """What came before the addresses of the main language, such as `/en`."""
    static: list[str] = field(default_factory=list)
    """Relative to the content folder."""
    includes: list[str] = field(default_factory=list)
    """Folders and files whose text pages include, relative to the content folder."""
    include_bases: list[str] = field(default_factory=list)
    """Folders, relative to that of the site, in which included files are looked for."""
    exclude: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)

    def addresses_of(self, page: OldPage) -> list[str]:
        """The former addresses of a page, below `/fr/` for `x.fr.md`."""
        prefix, plain = self.without_language(page)
        addresses = list(self.addresses(plain))
        if plain is not page and prefix != self.main_prefix:
            return [
                url if url.startswith(f"{prefix}/") else f"{prefix}/{url.lstrip('/')}"
                for url in addresses
            ]
        return [self.main_prefix + url for url in addresses[:1]] + addresses[1:]

    def without_language(self, page: OldPage) -> tuple[str, OldPage]:
        """What came before the addresses of a page for its language, and the page as it would be in
        a site of one language."""
        top, slash, below = page.path.partition("/")
        stem, _, suffix = page.path.rpartition(".")
        name, _, marked = stem.rpartition(".")
        for tag, language in self.languages.items():
            prefix = self.main_prefix if tag == self.main_language else f"/{tag}"
            if slash and top == (language.folder or tag) and self.main_language:
                return prefix, replace(page, path=below)
            if name and marked == tag:
                return prefix, replace(page, path=f"{name}.{suffix}")
        return self.main_prefix, page

    def set_languages(self, stated: Iterable[str]) -> None:
        """Take over the languages, besides the main one, of which there is content."""
        found = {
            tag
            for path, _ in walk(str(self.content), on_error=lambda *_: None)
            for tag in (path.partition("/")[0], path.rpartition(".")[0].rpartition(".")[2])
            if path.lower().endswith(SUFFIXES) and "/" not in tag
        }
        for tag in stated:
            if tag in found and is_known_language(tag):
                self.languages.setdefault(tag, OldLanguage())

    def set(self, key: str, value: Any, source: str) -> None:
        """Take over a setting, where it has a value."""
        is_address = str(value).strip().startswith(("http://", "https://", "/"))
        if key == "base_url" and isinstance(value, str) and value.strip() and not is_address:
            self.not_understood.append(f"{self.config_file}: {source} ({value}) is not an address")
            return
        if isinstance(value, str) and value.strip():
            self.settings[key] = (" ".join(value.split()), f"{self.config_file}: {source}")


class LenientLoader(yaml.SafeLoader):
    """Reads YAML with tags of programs (`!!python/name:…`, `!ENV`), which are left out."""


def _without_tag(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


LenientLoader.add_multi_constructor("!", _without_tag)
LenientLoader.add_multi_constructor("tag:", _without_tag)


def read_data(path: Path) -> dict[str, Any]:
    """A configuration file in TOML, YAML or JSON. ValueError, with the reason, where it can't be
    read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".toml":
            data: Any = tomllib.loads(text)
        elif path.suffix == ".json":
            data = json.loads(text)
        else:
            data = yaml.load(text, LenientLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, tomllib.TOMLDecodeError) as problem:
        raise ValueError(f"{path} can't be read: {problem}") from None
    except ValueError as problem:
        raise ValueError(f"{path} can't be read: {problem}") from None
    return data if isinstance(data, dict) else {}


def mapping(value: Any) -> dict[str, Any]:
    """A value of a configuration where it is a mapping; else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """The texts of a value of a configuration that may be one or a list."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text]


def relative(path: Path, content: Path) -> str:
    """What leads from the content folder to a path, with forward slashes."""
    return os.path.relpath(path, content).replace(os.sep, "/")


def read_pages(
    content: Path, exclude: Iterable[str], fragments: Mapping[str, str] = MappingProxyType({})
) -> list[OldPage]:
    """The content files of a folder, by path. `fragments` are the texts that they may include."""
    skip = frozenset((*(path.strip("/") for path in exclude), *FRAGMENT_FOLDERS))
    pages = []
    for path, entry in walk(str(content), skip=skip, on_error=lambda *_: None):
        if path.lower().endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
            page = _read_page(path, Path(entry.path), fragments)
            pages += [page] if page else []
    return pages


def _read_page(path: str, file: Path, fragments: Mapping[str, str]) -> OldPage | None:
    try:
        source, _ = decode(path, file.read_bytes())
    except OSError:
        return None
    if source is None:
        return None
    front = read_front_matter(source)
    shortcodes: dict[str, tuple[int, str]] = {}
    body = remove_hidden(front.body)
    names = included_names(body, fragments)
    for tag in find_tags(body):
        is_known = tag.address is not None or included(tag, fragments)
        if tag.name and not is_known and not tag.is_end:
            count, first = shortcodes.get(tag.name, (0, body[tag.start : tag.end]))
            shortcodes[tag.name] = (count + 1, first)
    return OldPage(path, front.data, front.document is not None, shortcodes, tuple(names))
