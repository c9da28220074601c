"""What all pages depend on, as it was read and before anything in it is understood: site.yaml, and
the fragments that pages include."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from posixpath import normpath

from msgspec import Struct, field
from msgspec.structs import replace

from ..model.files import open_without_links, walk
from ..model.source import Source
from ..model.strings import digest
from ..regex import regex

SETTINGS_FILE = "site.yaml"
FRAGMENT_FOLDERS = ("_includes", "_snippets", "_partials")
"""Folders at the top of the content whose files have no pages: other files include them."""
VENDORED_FOLDER = "_vendored"
"""The folder at the top of the content with copies of pictures of other hosts."""
VENDORED_FILE = f"{VENDORED_FOLDER}/digests.json"
"""Which picture each copy is of: a mapping of addresses to mappings with `file`."""
_VENDORED_NAME = regex(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp|avif|svg)")
FRAGMENT_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".txt")
MAX_FRAGMENT_BYTES = 100_000
"""The largest fragment; a larger one cannot be included."""
MAX_FRAGMENTS_BYTES = 1_000_000
"""The size of all fragments together. Those beyond it, in the order of their paths, cannot be
included."""
_INCLUDES = regex(r"^includes[ \t]*:", re.MULTILINE)
_SCOPES_CONTENT = regex(r"(?:^|[{,])\s*[\"']?(?:exclude|static)[\"']?\s*:", re.MULTILINE)


class Settings(Struct, frozen=True):
    """site.yaml as it was read, once in a run. Without such a file everything is empty."""

    digest: str = ""
    """Of its bytes."""
    source: Source = Source(SETTINGS_FILE, "")
    """Its text; empty where it cannot be read."""
    problem: str = ""
    """Why it cannot be read."""
    fragments: dict[str, str] = field(default_factory=dict)
    """The text of each fragment, by its path in the content folder."""
    vendored: dict[str, str] = field(default_factory=dict)
    """The name of the copy of each picture of another host, by its address."""

    @property
    def scopes_content(self) -> bool:
        """Whether it may say which files are content. Without that, nothing in it has to be
        understood before the content folder is scanned."""
        return bool(_SCOPES_CONTENT.search(self.source.text))

    @property
    def states_includes(self) -> bool:
        """Whether it may name further folders and files that pages include."""
        return bool(_INCLUDES.search(self.source.text))


def is_settings_path(path: str) -> bool:
    """Whether all pages may depend on a file at a path of the content folder."""
    return path in (SETTINGS_FILE, VENDORED_FILE) or path.partition("/")[0] in FRAGMENT_FOLDERS


def read_settings(content: Path) -> Settings:
    """The settings and fragments of a content folder."""
    settings = _read_file(content)
    fragments = read_fragments(content, _stated_includes(settings.source.text))
    vendored = _read_vendored(content)
    if not fragments and not vendored:
        return settings
    texts = [text for part in sorted(fragments.items()) for text in part]
    names = [text for part in sorted(vendored.items()) for text in part]
    key = digest(settings.digest, str(len(texts)), *texts, *names)
    return replace(settings, digest=key, fragments=fragments, vendored=vendored)


def _read_vendored(content: Path) -> dict[str, str]:
    """The name of each copy that the digest file states; damage and other names are left out."""
    try:
        with open(open_without_links(content, VENDORED_FILE), "rb") as file:
            data = file.read()
        import json  # few sites have copies

        entries = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return {}
    stated = entries.items() if isinstance(entries, dict) else ()
    names = ((url, entry.get("file")) for url, entry in stated if isinstance(entry, dict))
    return {
        url: name for url, name in names if isinstance(name, str) and _VENDORED_NAME.fullmatch(name)
    }


def _stated_includes(text: str) -> tuple[str, ...]:
    """The folders and files that `includes` of site.yaml names; none where it can't be read, which
    is a finding later."""
    if not _INCLUDES.search(text):
        return ()
    import yaml  # few sites name any

    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return ()
    stated = data.get("includes") if isinstance(data, dict) else ()
    listed = [stated] if isinstance(stated, str) else stated if isinstance(stated, list) else ()
    return tuple(normpath(path) for path in listed if isinstance(path, str) and path.strip("/."))


def read_fragments(content: Path, includes: Iterable[str]) -> dict[str, str]:
    """The fragments that are not too large, links and files that are not UTF-8 left out. `includes`
    are further folders and files, relative to the content folder."""
    fragments: dict[str, str] = {}
    left = MAX_FRAGMENTS_BYTES
    for folder in (*FRAGMENT_FOLDERS, *includes):
        for path in _fragment_paths(content, folder):
            try:
                with open(open_without_links(content, path), "rb") as file:
                    data = file.read(MAX_FRAGMENT_BYTES + 1)
                text = data.decode("utf-8-sig").replace("\r\n", "\n")
            except (OSError, UnicodeDecodeError):
                continue
            if len(data) <= min(MAX_FRAGMENT_BYTES, left) and path not in fragments:
                left -= len(data)
                fragments[path] = text
    return fragments


def _fragment_paths(content: Path, name: str) -> list[str]:
    """The files that may be included in a folder, or the file of this name itself; sorted."""
    place = content / name
    if place.is_symlink() or not place.is_dir():
        return [name] if place.is_file() and not place.is_symlink() else []
    entries = walk(str(place), f"{name}/", on_error=lambda *_: None)
    return sorted(path for path, _ in entries if path.endswith(FRAGMENT_SUFFIXES))


def _read_file(content: Path) -> Settings:
    """site.yaml of a content folder."""
    try:
        data = (content / SETTINGS_FILE).read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problem=str(error))
    except UnicodeDecodeError as error:
        return Settings(digest(data), problem=str(error))
    return Settings(digest(data), Source(SETTINGS_FILE, text))
