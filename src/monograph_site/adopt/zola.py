"""Zola: `config.toml` with `base_url`, beside `content/`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ..model.files import walk
from ..regex import regex
from .old_site import OldPage, OldSite, mapping, read_data, read_pages, texts
from .spelling import as_in_zola, as_written, join

_DATE = regex(r"^\d{4}-\d{2}-\d{2}[^-_]*[-_]")


def read_zola(folder: Path) -> OldSite | None:
    """The Zola site of a folder; None where it has none."""
    files = (folder / name for name in ("config.toml", "zola.toml"))
    file = next((file for file in files if file.is_file()), None)
    content = folder / "content"
    if file is None or not content.is_dir():
        return None
    config = read_data(file)
    if "base_url" not in config:
        return None
    has_slugs = mapping(config.get("slugify")).get("paths", "on") == "on"
    spell = as_in_zola if has_slugs else as_written

    def addresses(page: OldPage) -> list[str]:
        return [_own(page), *page.texts("aliases")]

    def _own(page: OldPage) -> str:
        if page.text("path"):
            return join(page.text("path"))
        folders = page.folders
        if page.stem == "_index":
            return join(*folders)
        if page.stem == "index" and folders:
            name, folders = _DATE.sub("", page.folders[-1]), folders[:-1]
        else:
            name = _DATE.sub("", page.stem)
        return join(*folders, spell(page.text("slug") or name))

    ignored = _matching(content, texts(config.get("ignored_content")))
    pages = read_pages(content, ignored)
    site = OldSite("Zola", content, file.name, addresses, exclude=ignored)
    for key, name in (
        ("title", "title"),
        ("base_url", "base_url"),
        ("language", "default_language"),
        ("description", "description"),
    ):
        site.set(key, config.get(name), name)
    if any(page.path.rpartition("/")[0] != page.path.rpartition("/")[0].lower() for page in pages):
        site.permalinks["."] = ("/{folders}/{slug}/", "Zola keeps folders as they are written")
    taxonomies = config.get("taxonomies")
    site.lists = tuple(
        item["name"]
        for item in (taxonomies if isinstance(taxonomies, list) else [])
        if isinstance(mapping(item).get("name"), str)
    )
    if config.get("generate_feeds") or config.get("generate_feed"):
        names = texts(config.get("feed_filenames") or config.get("feed_filename")) or ["atom.xml"]
        site.feeds = tuple(f"/{name}" for name in names)
    site.menu = _menu(mapping(config.get("extra")).get("menu"))
    site.set_languages(mapping(config.get("languages")))
    return site


def _menu(items: Any) -> dict[str, str]:
    """The menu below `extra`, where many themes have it."""
    addresses = {}
    for item in map(mapping, items if isinstance(items, list) else []):
        label, target = item.get("name") or item.get("title"), item.get("url") or item.get("link")
        if isinstance(label, str) and isinstance(target, str):
            addresses[label] = target.replace("$BASE_URL", "").replace("@/", "/")
    return addresses


def _matching(content: Path, patterns: Iterable[str]) -> list[str]:
    """The content files that patterns of file names match."""
    patterns = [
        pattern.replace("{" + group + "}", choice)
        for pattern in patterns
        for group in re.findall(r"\{([^{}]*)\}", pattern) or [""]
        for choice in group.split(",")
    ]
    return [
        path
        for path, _ in walk(str(content), on_error=lambda *_: None)
        if any(fnmatch(path, p) or fnmatch(path.rpartition("/")[2], p) for p in patterns)
        and path.lower().endswith((".md", ".markdown"))
    ]
