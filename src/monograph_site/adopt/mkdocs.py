"""MkDocs: `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from .old_site import OldPage, OldSite, mapping, read_data, read_pages, texts
from .spelling import join

_UNDERSTOOD_PLUGINS = frozenset(
    "search material/search redirects tags glightbox minify git-revision-date-localized awesome-pages"
    " autorefs offline privacy social".split()
)
"""Plugins that need nothing here: what they do is done, or only concerned how a page looked."""


def read_mkdocs(folder: Path) -> OldSite | None:
    """The MkDocs site of a folder; None where it has none."""
    file = next((folder / n for n in ("mkdocs.yml", "mkdocs.yaml") if (folder / n).is_file()), None)
    if file is None:
        return None
    config = read_data(file)
    content = folder / str(config.get("docs_dir") or "docs")
    if not content.is_dir():
        return None
    has_folders = config.get("use_directory_urls") is not False

    def own(path: str) -> str:
        name = path.rpartition(".")[0]
        stem = name.rpartition("/")[2]
        if stem.lower() in ("index", "readme"):
            above = join(name.rpartition("/")[0])
            return above if has_folders else f"{above}index.html"
        return join(name) if has_folders else f"/{name}.html"

    def addresses(page: OldPage) -> list[str]:
        return [own(page.path)]

    site = OldSite("MkDocs", content, file.name, addresses)
    for key, name in (
        ("title", "site_name"),
        ("base_url", "site_url"),
        ("description", "site_description"),
        ("repository", "repo_url"),
    ):
        site.set(key, config.get(name), name)
    site.set("language", mapping(config.get("theme")).get("language"), "theme.language")
    site.permalinks["."] = ("/{folders}/{name}/", "MkDocs keeps names as they are written")
    for label, target in _top_level(config.get("nav")):
        is_page = target.endswith((".md", ".markdown"))
        site.menu[label] = own(target) if is_page else target
    plugins = _plugins(config.get("plugins"))
    moved = mapping(mapping(plugins.get("redirects")).get("redirect_maps"))
    site.redirects = {own(str(old)): _target(str(new), own) for old, new in moved.items()}
    site.include_bases = _snippet_folders(config.get("markdown_extensions"))
    if "rss" in plugins:
        site.feeds = ("/feed_rss_created.xml", "/feed_rss_updated.xml")
    site.exclude = _matching(content, _patterns(config.get("exclude_docs")))
    strange = [name for name in plugins if name not in _UNDERSTOOD_PLUGINS]
    if strange:
        site.not_understood.append(f"{file.name}: plugins {', '.join(strange)}")
    if config.get("INHERIT"):
        site.not_understood.append(f"{file.name}: INHERIT {config['INHERIT']}")
    return site


def _target(new: str, own: Callable[[str], str]) -> str:
    """The address that a redirect leads to: that of a file of the content, or as it is."""
    path, hash_, anchor = new.partition("#")
    target = own(path) if path.endswith(".md") else path
    return f"{target}{hash_}{anchor}" if anchor else target


def _patterns(exclude: Any) -> list[str]:
    """The patterns of `exclude_docs`, in the form of a `.gitignore`, without those that include."""
    lines = (line.strip() for line in str(exclude or "").splitlines())
    return [line.strip("/") for line in lines if line and not line.startswith(("#", "!"))]


def _snippet_folders(extensions: Any) -> list[str]:
    """Where `pymdownx.snippets` looks for files."""
    settings: dict[str, Any] = {}
    for item in extensions if isinstance(extensions, list) else [extensions]:
        settings |= mapping(mapping(item).get("pymdownx.snippets"))
    return texts(settings.get("base_path"))


def _top_level(nav: Any) -> list[tuple[str, str]]:
    """The items of the menu: the label of each section or page, and its first page."""
    items = []
    for item in nav if isinstance(nav, list) else []:
        for label, value in mapping(item).items():
            target = _first_page(value)
            if target:
                items.append((str(label), target))
    return items


def _first_page(value: Any) -> str:
    """The first page of a part of `nav`; '' for none."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((page for page in map(_first_page, parts) if page), "")


def _plugins(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    plugins: dict[str, Any] = {}
    for item in value if isinstance(value, list) else []:
        plugins |= item if isinstance(item, dict) else dict.fromkeys(texts(item))
    return plugins


def _matching(content: Path, patterns: list[str]) -> list[str]:
    """The folders and files that patterns of `exclude_docs` name."""
    if not patterns:
        return []
    folders = [pattern for pattern in patterns if (content / pattern).is_dir()]
    files = [
        page.path
        for page in read_pages(content, folders)
        if any(fnmatch(page.path, p) or fnmatch(page.path.rpartition("/")[2], p) for p in patterns)
    ]
    return [*folders, *files]
