"""Jekyll: `_config.yml`; posts, collections and pages, with permalinks of each."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ..config.site_paths import date_of_post, file_name
from ..loader.permalink import categories_of
from .old_site import OldPage, OldSite, mapping, read_data, read_pages, relative, texts
from .spelling import fill, join, translate

_BUILT_IN = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title:output_ext",
}
"""Names of permalinks. Others are made of tokens."""
_TOKENS = {
    **{name: f"{{{name}}}" for name in ("year", "month", "day", "categories")},
    **dict.fromkeys(("title", "slug", "name", "basename"), "{name}"),
    "path": "{folders}/{name}",
    "output_ext": "",
}
_FEEDS = ("feed.xml", "atom.xml", "rss.xml", "index.xml")
_NEVER_CONTENT = (
    "_includes", "_layouts", "_sass", "_data", "_site", "_plugins", "node_modules", "vendor",
)  # fmt: skip


def read_jekyll(folder: Path) -> OldSite | None:
    """The Jekyll site of a folder; None where it has none."""
    file = next(
        (folder / n for n in ("_config.yml", "_config.yaml") if (folder / n).is_file()), None
    )
    if file is None:
        return None
    config = read_data(file)
    content = folder / str(config.get("source") or ".")
    site = OldSite("Jekyll", content, file.name, _Addresses(config))
    site.set("title", config.get("title") or config.get("name"), "title")
    url, path = str(config.get("url") or ""), str(config.get("baseurl") or "").strip("/")
    site.set("base_url", f"{url.rstrip('/')}/{path}".rstrip("/") + "/", "url, baseurl")
    site.set("description", config.get("description"), "description")
    language = config.get("lang") or config.get("locale")
    site.set("language", str(language or "").replace("_", "-"), "lang")
    site.exclude = _excluded(content, texts(config.get("exclude")))
    _add_permalinks(site, config, content)
    site.menu = _menu(content)
    plugins = texts(config.get("plugins")) + texts(config.get("gems"))
    files = [name for name in _FEEDS if (content / name).is_file()]
    names = [*files, *(["feed.xml"] if "jekyll-feed" in plugins else [])]
    site.feeds = tuple(f"/{name}" for name in dict.fromkeys(names))
    site.lists = ()
    html = [p.name for p in sorted(content.glob("*.html")) if p.stem not in ("index", "404")]
    if html:
        site.not_understood.append(f"pages in HTML: {', '.join(html)}; their addresses lead home")
        site.redirects |= {f"/{name}": "/" for name in html}
    return site


def _add_permalinks(site: OldSite, config: dict[str, Any], content: Path) -> None:
    """The permalinks of posts, collections and pages, each by its folder."""
    addresses = _Addresses(config)
    source = f"{site.config_file}: permalink"
    site.permalinks["."] = ("/{folders}/{name}/", "pages keep their names as they are written")
    for folder in sorted(p for p in content.rglob("_posts") if p.is_dir()):
        path = relative(folder, content)
        if not path.startswith(tuple(_NEVER_CONTENT)):
            _add_permalink(site, path, addresses.pattern("posts", path), source)
    for name in addresses.collections:
        folder_name = f"{addresses.collections_folder}_{name}"
        if (content / folder_name).is_dir():
            _add_permalink(site, folder_name, addresses.pattern(name, folder_name), source)
    for default in addresses.defaults:
        scope, permalink = mapping(default.get("scope")), mapping(default["values"])["permalink"]
        folder_name = str(scope.get("path") or "").strip("/")
        if not scope.get("type") and folder_name and (content / folder_name).is_dir():
            _add_permalink(site, folder_name, permalink, f"{site.config_file}: defaults")


def _add_permalink(site: OldSite, folder: str, pattern: str, source: str) -> None:
    try:
        translated = translate(pattern, {**_TOKENS, "collection": folder.strip("/").lstrip("_")})
    except ValueError as problem:
        site.not_understood.append(f"{site.config_file}: {problem}")
        return
    if "{name}" in translated:
        site.permalinks[folder] = (join(translated.removesuffix(".html")), source)


class _Addresses:
    """The addresses that Jekyll gives to posts, pages and the documents of collections."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._style = str(config.get("permalink") or "date")
        collections = config.get("collections")
        self.collections: dict[str, dict[str, Any]] = (
            {name: {} for name in texts(collections)}
            if isinstance(collections, list)
            else {str(name): mapping(value) for name, value in mapping(collections).items()}
        )
        folder = str(config.get("collections_dir") or "").strip("/")
        self.collections_folder = f"{folder}/" if folder else ""
        defaults = config.get("defaults")
        self.defaults = [
            default
            for default in map(mapping, defaults if isinstance(defaults, list) else [])
            if isinstance(mapping(default.get("values")).get("permalink"), str)
        ]

    def pattern(self, kind: str, path: str) -> str:
        """The permalink of `posts`, `pages` or a collection, for files at a path."""
        for default in reversed(self.defaults):
            scope = mapping(default.get("scope"))
            scope_path = str(scope.get("path") or "").strip("/")
            if scope.get("type") in (None, "", kind) and path.startswith(scope_path):
                return str(mapping(default["values"])["permalink"])
        if kind in self.collections and self.collections[kind].get("permalink"):
            return str(self.collections[kind]["permalink"])
        if kind == "posts":
            return _BUILT_IN.get(self._style, self._style)
        is_pretty = self._style == "pretty" or self._style.endswith("/")
        return f"/{'' if kind == 'pages' else ':collection/'}:path{'/' if is_pretty else ':output_ext'}"

    def kind_of(self, page: OldPage) -> tuple[str, str]:
        """What a file is: `posts`, `pages` or the name of a collection; and the folder of that."""
        if "_posts" in page.folders:
            return "posts", page.path.partition("_posts/")[0] + "_posts"
        below = page.path.removeprefix(self.collections_folder)
        name = below.partition("/")[0].removeprefix("_")
        if below.startswith("_") and name in self.collections:
            return name, f"{self.collections_folder}_{name}"
        return "pages", ""

    def __call__(self, page: OldPage) -> list[str]:
        kind, folder = self.kind_of(page)
        is_output = kind in ("posts", "pages") or self.collections[kind].get("output") is True
        if not page.has_front_matter or not is_output:
            return []
        return [self._own(page, kind, folder), *page.texts("redirect_from", "aliases")]

    def _own(self, page: OldPage, kind: str, folder: str) -> str:
        pattern = page.text("permalink") or self.pattern(kind, page.path)
        pattern = _BUILT_IN.get(pattern, pattern).replace(":output_ext", ".html")
        name = page.text("slug") or file_name(page.path)
        below = [part for part in page.path[len(folder) :].strip("/").split("/")[:-1] if part]
        if page.stem.lower() in ("index", "readme"):
            if kind == "pages" and not page.text("permalink"):
                return join(*page.folders)
            name = page.stem
        try:
            translated = translate(pattern, {**_TOKENS, "collection": kind})
        except ValueError:
            return pattern
        year, month, day = (date_of_post(page.path) or "--").split("-")
        date = re.match(r"(\d{4})-(\d{2})-(\d{2})", page.text("date"))
        if date:
            year, month, day = date.groups()
        values = {
            "name": name,
            "folders": "/".join(below),
            "categories": "/".join(categories_of(page.front, page.path)),
            "year": year,
            "month": month,
            "day": day,
        }
        return fill(translated, values)


def _excluded(content: Path, patterns: list[str]) -> list[str]:
    """What was not published: folders of Jekyll itself, what the configuration leaves out, and
    Markdown without front matter, such as a README."""
    folders = [name for name in _NEVER_CONTENT if (content / name).is_dir()]
    named = [
        relative(path, content)
        for path in sorted(content.iterdir())
        if any(fnmatch(path.name, pattern.strip("/")) for pattern in patterns)
        and (path.is_dir() or path.suffix in (".md", ".markdown"))
        and not path.name.startswith(".")
    ]
    skip = {*folders, *named}
    plain = [
        page.path
        for page in read_pages(content, skip)
        if not page.has_front_matter and page.stem.lower() != "index"
    ]
    return [*dict.fromkeys((*folders, *named, *plain))]


def _menu(content: Path) -> dict[str, str]:
    """The menu in `_data/navigation.yml`, where many themes have it."""
    for name in ("navigation.yml", "navigation.yaml", "nav.yml"):
        file = content / "_data" / name
        if file.is_file():
            try:
                data: Any = read_data(file)
            except ValueError:
                return {}
            items = data.get("main") or data.get("nav") or []
            return {
                str(item.get("title") or item.get("name")): str(item.get("url") or item.get("link"))
                for item in map(mapping, items if isinstance(items, list) else [])
                if item.get("url") or item.get("link")
            }
    return {}
