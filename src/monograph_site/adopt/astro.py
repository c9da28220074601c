"""Astro and Starlight: `astro.config.*`, with content in `src/content`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..regex import regex
from .js_names import JavaScriptFile
from .old_site import OldPage, OldSite, mapping, relative
from .spelling import as_in_astro, join

_BASE = regex(r"\bbase:\s*['\"](?:\./)?([^'\"]+)['\"]")
"""The folder of a collection, in `src/content.config.ts`."""
_FEED = regex(r"(?:rss|feed|atom|index)\.xml\.\w+")
MAX_ROUTES_NAMED = 5
"""Pages made by code that the report names."""
_CONFIGS = tuple(f"astro.config.{suffix}" for suffix in ("mjs", "ts", "js", "mts", "cjs"))


def read_astro(folder: Path) -> OldSite | None:
    """The Astro site of a folder; None where it has none."""
    file = next((folder / name for name in _CONFIGS if (folder / name).is_file()), None)
    content = _content(folder) if file else None
    if file is None or content is None:
        return None
    script = JavaScriptFile(file)
    config, starlight = script.object_after("defineConfig"), script.object_after("starlight")

    def addresses(page: OldPage) -> list[str]:
        slug = page.text("slug")
        parts = page.path.rpartition(".")[0].split("/")
        if parts[-1] == "index":
            parts.pop()
        return [join(slug) if slug else join(*map(as_in_astro, parts))]

    site = OldSite("Starlight" if starlight else "Astro", content, file.name, addresses)
    title = starlight.get("title")
    site.set("title", next(iter(title.values()), "") if isinstance(title, dict) else title, "title")
    site.set("description", starlight.get("description"), "description")
    base = str(config.get("base") or "").strip("/")
    site_url = str(config.get("site") or "").rstrip("/")
    if site_url or base:
        site.set("base_url", f"{site_url}/{base}".rstrip("/") + "/", "site, base")
    site.redirects = _redirects(config)
    site.menu = _menu(starlight)
    locales = mapping(starlight.get("locales"))
    main = mapping(locales.get("root")).get("lang") or starlight.get("defaultLocale")
    site.set("language", main, "locales")
    site.set_languages(tag for tag in locales if tag not in ("root", main))
    site.static = [
        relative(folder / name, content)
        for name in ("public", "src/assets")
        if (folder / name).is_dir()
    ]
    _read_routes(site, folder)
    return site


def _redirects(config: Mapping[str, Any]) -> dict[str, str]:
    return {
        old: target
        for old, new in mapping(config.get("redirects")).items()
        if isinstance(target := mapping(new).get("destination", new), str)
    }


def _menu(starlight: Mapping[str, Any]) -> dict[str, str]:
    """The groups of the sidebar, each with its first page."""
    sidebar = starlight.get("sidebar")
    groups = map(mapping, sidebar if isinstance(sidebar, list) else [])
    pages = ((group.get("label"), _first_page(group)) for group in groups)
    return {label: page for label, page in pages if isinstance(label, str) and page}


def _read_routes(site: OldSite, folder: Path) -> None:
    """The feeds that files in `src/pages` make; their other pages are not understood."""
    pages = folder / "src/pages"
    feeds = sorted(path for path in pages.rglob("*.xml.*") if _FEED.fullmatch(path.name))
    site.feeds = tuple(f"/{relative(path, pages).rpartition('.')[0]}" for path in feeds)
    routes = [
        path
        for path in sorted(pages.rglob("*"))
        if path.suffix in (".astro", ".md", ".mdx", ".ts") and path not in feeds
    ]
    if routes and site.content != pages:
        names = ", ".join(relative(path, folder) for path in routes[:MAX_ROUTES_NAMED])
        more = len(routes) - MAX_ROUTES_NAMED
        others = f" and {more} more" if more > 0 else ""
        site.not_understood.append(f"pages made by code: {names}{others}")


def _content(folder: Path) -> Path | None:
    """The folder with the content: the only one that the definition of the collections names, or one
    of the usual ones; None for none."""
    definitions = ("src/content.config.ts", "src/content.config.mjs", "src/content.config.js")
    definition = next((folder / n for n in definitions if (folder / n).is_file()), None)
    if definition:
        text = definition.read_text(encoding="utf-8", errors="replace")
        bases = {base.strip("/") for base in _BASE.findall(text)}
        named = folder / bases.pop() if len(bases) == 1 else folder
        if named.is_dir() and named != folder:
            return named
    places = ("src/content/docs", "src/content", "src/pages")
    return next((folder / place for place in places if (folder / place).is_dir()), None)


def _first_page(item: dict[str, Any]) -> str:
    """The address of an item of the sidebar: its own, that of its folder, or of its first item; ''
    for none."""
    target = item.get("link") or item.get("slug")
    folder = mapping(item.get("autogenerate")).get("directory")
    if isinstance(target, str):
        return target if "://" in target else join(target)
    if isinstance(folder, str):
        return join(folder)
    items = item.get("items")
    for below in items if isinstance(items, list) else []:
        page = join(below) if isinstance(below, str) else _first_page(mapping(below))
        if page:
            return page
    return ""
