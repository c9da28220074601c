"""Hugo: `hugo.toml`, `config.toml` (or YAML, JSON), or `config/_default/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .old_site import OldPage, OldSite, mapping, read_data, relative, texts
from .spelling import as_in_hugo, fill, join, translate

_NAMES = ("hugo", "config")
_SUFFIXES = (".toml", ".yaml", ".yml", ".json")
_TOKENS = {
    **dict.fromkeys(
        ("slug", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename"), "{slug}"
    ),
    **{name: f"{{{name}}}" for name in ("year", "month", "day", "title")},
}


def read_hugo(folder: Path) -> OldSite | None:
    """The Hugo site of a folder; None where it has none."""
    files = [folder / f"{name}{suffix}" for name in _NAMES for suffix in _SUFFIXES]
    main = next((file for file in files if file.is_file()), None)
    default = folder / "config/_default"
    if main is None and not default.is_dir():
        return None
    config = _lower(read_data(main) if main else _read_folder(default))
    if main and main.stem == "config" and "base_url" in config:  # of Zola
        return None
    content = folder / str(config.get("contentdir") or "content")
    if not content.is_dir():
        return None
    file_name = main.name if main else "config/_default"
    permalinks = _permalinks(mapping(config.get("permalinks")))
    site = OldSite("Hugo", content, file_name, _Addresses(config, permalinks))
    for key, name in (("title", "title"), ("base_url", "baseurl")):
        site.set(key, config.get(name), name)
    language = config.get("languagecode") or config.get("defaultcontentlanguage")
    site.set("language", language, "languageCode")
    site.set("description", mapping(config.get("params")).get("description"), "params.description")
    for section, pattern in permalinks.items():
        try:
            translated = _translated(pattern, section)
        except ValueError as problem:
            site.not_understood.append(f"{file_name}: {problem}")
        else:
            site.permalinks[section] = (translated, f"{file_name}: permalinks")
    main_menu = mapping(config.get("menus") or config.get("menu")).get("main")
    site.menu = _menu(main_menu if isinstance(main_menu, list) else [])
    site.lists = tuple(texts(list(_taxonomies(config).values())))
    site.static = [
        relative(folder / name, content)
        for name in texts(config.get("staticdir"))
        if name != "static"
    ]
    if len(mapping(config.get("languages"))) > 1:
        site.not_understood.append(f"{file_name}: languages (see `lang` and `translation_of`)")
    if mapping(config.get("module")):
        site.not_understood.append(f"{file_name}: module (content mounted from elsewhere)")
    return site


def _read_folder(folder: Path) -> dict[str, Any]:
    """The configuration of `config/_default`: `hugo.toml` or `config.toml`, and a file for each other
    key."""
    config: dict[str, Any] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix in _SUFFIXES:
            key = file.stem.partition(".")[0]
            data = read_data(file)
            config |= data if key in _NAMES else {key: data}
    return config


def _lower(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration with its own keys in lower case: Hugo takes any."""
    return {key.lower(): value for key, value in config.items()}


def _permalinks(config: dict[str, Any]) -> dict[str, str]:
    """The pattern of each section; newer releases have them below `page`."""
    flat = {key: value for key, value in config.items() if isinstance(value, str)}
    return flat | {k: v for k, v in mapping(config.get("page")).items() if isinstance(v, str)}


def _translated(pattern: str, section: str) -> str:
    tokens = {**_TOKENS, "section": section, "sections": f"{section}/{{folders}}"}
    return translate(pattern, tokens).replace("}.html", "}/")


def _menu(items: list[Any]) -> dict[str, str]:
    def weight(item: dict[str, Any]) -> float:
        value = item.get("weight")
        return value if isinstance(value, int | float) else 1e9

    entries = [item for item in map(mapping, items) if not item.get("parent")]
    addresses: dict[str, str] = {}
    for item in sorted(entries, key=weight):
        lower = _lower(item)
        target = lower.get("pageref") or lower.get("url")
        if isinstance(lower.get("name"), str) and isinstance(target, str):
            addresses[lower["name"]] = target
    return addresses


def _taxonomies(config: dict[str, Any]) -> dict[str, Any]:
    return mapping(config.get("taxonomies")) or {"tag": "tags", "category": "categories"}


class _Addresses:
    """The addresses that Hugo gives to pages."""

    def __init__(self, config: dict[str, Any], permalinks: dict[str, str]) -> None:
        self._is_ugly = config.get("uglyurls") is True
        self._permalinks = permalinks

    def __call__(self, page: OldPage) -> list[str]:
        own = self._own(page)
        parent = join(*own.strip("/").split("/")[:-1])
        aliases = [
            alias if alias.startswith("/") else parent + alias for alias in page.texts("aliases")
        ]
        return [own, *aliases]

    def _own(self, page: OldPage) -> str:
        stated = page.text("url")
        if stated:
            return stated if stated.startswith("/") else f"/{stated}"
        folders = [as_in_hugo(folder) for folder in page.folders]
        if page.stem in ("_index", "index") or not folders:
            name = "" if page.stem in ("_index", "index") else page.stem
        else:
            name = page.stem
        if page.stem == "index" and folders:
            name, folders = folders[-1], folders[:-1]
        name = as_in_hugo(page.text("slug") or name)
        pattern = self._permalinks.get(page.folders[0] if page.folders else "/")
        if pattern and page.stem != "_index":
            return self._by_pattern(pattern, page, name, folders)
        address = join(*folders, name)
        return f"{address[:-1]}.html" if self._is_ugly and name else address

    def _by_pattern(self, pattern: str, page: OldPage, name: str, folders: list[str]) -> str:
        try:
            translated = _translated(pattern, folders[0] if folders else "")
        except ValueError:
            return join(*folders, name)
        year, month, day = (page.text("date") + "--").split("-")[:3]
        return fill(
            translated,
            {
                "slug": name,
                "title": as_in_hugo(page.text("title")) or name,
                "folders": "/".join(folders[1:]),
                "year": year,
                "month": month,
                "day": day[:2],
            },
        )
