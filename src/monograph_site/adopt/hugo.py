"""Hugo: `hugo.toml`, `config.toml` (or YAML, JSON), or `config/_default/`."""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import urljoin

from ..model.strings import is_known_language
from .old_site import OldLanguage, OldPage, OldSite, mapping, read_data, relative, texts
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
    language_folders = _language_folders(folder, config)
    if len(language_folders) > 1:
        content = next(iter(language_folders.values())).parent
    else:
        content = _content(folder, config, _main_language(config))
    if not content.is_dir():
        return None
    return _read_site(folder, config, content, main.name if main else "config/_default")


def _read_site(folder: Path, config: dict[str, Any], content: Path, file_name: str) -> OldSite:
    """What the configuration says of the site with this content."""
    languages = mapping(config.get("languages"))
    language = _main_language(config)
    own = _lower(mapping(languages.get(language)))
    permalinks = _permalinks(mapping(config.get("permalinks")))
    site = OldSite("Hugo", content, file_name, _Addresses(config, permalinks))
    for key, name in (("title", "title"), ("base_url", "baseurl")):
        site.set(key, own.get(name) or config.get(name), name)
    tag = own.get("languagecode") or config.get("languagecode")
    site.set("language", tag or config.get("defaultcontentlanguage"), "languageCode")
    for params in (config, own):
        text = mapping(params.get("params")).get("description") or params.get("description")
        site.set("description", text, "params.description")
    for section, pattern in permalinks.items():
        try:
            translated = _translated(pattern, section)
        except ValueError as problem:
            site.not_understood.append(f"{file_name}: {problem}")
        else:
            site.permalinks[section] = (translated, f"{file_name}: permalinks")
    site.menu = _menu_of(own, config)
    site.lists = tuple(texts(list(_taxonomies(config).values())))
    site.feeds = ("/index.xml",)
    site.static = _static_folders(folder, config, content)
    if config.get("defaultcontentlanguageinsubdir") is True:
        site.main_prefix = f"/{language}"
    _set_languages(site, languages, language, _language_folders(folder, config))
    left_out = [tag for tag in languages if tag != language and tag.lower() not in site.languages]
    if left_out:
        names = ", ".join(left_out)
        site.not_understood.append(f"{file_name}: languages without content here: {names}")
    if any(not _mount_target(mount) for mount in _mounts(config)) or mapping(
        config.get("module")
    ).get("imports"):
        site.not_understood.append(f"{file_name}: module (content mounted from elsewhere)")
    return site


def _static_folders(folder: Path, config: dict[str, Any], content: Path) -> list[str]:
    """The static folders, relative to the content, but for those that are looked at anyway."""
    names = texts(config.get("staticdir")) or ["static"]
    paths = [relative(folder / name, content) for name in names if (folder / name).is_dir()]
    return [path for path in paths if path not in ("static", "../static")]


def _main_language(config: dict[str, Any]) -> str:
    """The key of the main language among `languages`."""
    stated = str(config.get("defaultcontentlanguage") or "en")
    languages = mapping(config.get("languages"))
    return stated if stated in languages else next(iter(languages), stated)


def _language_folders(folder: Path, config: dict[str, Any]) -> dict[str, Path]:
    """The content folder of each language that has one of its own beside those of the others, by
    tag; empty where they are in several places, as site.yaml can't name these."""
    folders: dict[str, Path] = {}
    for tag in mapping(config.get("languages")):
        place = _content(folder, config, tag)
        if place.is_dir() and place not in folders.values():
            folders[tag] = place
    is_shared = len({place.parent for place in folders.values()}) == 1
    return folders if is_shared and folder not in folders.values() else {}


def _set_languages(
    site: OldSite, languages: dict[str, Any], main: str, folders: dict[str, Path]
) -> None:
    """Take over the languages of which there is content, with their folders, titles and menus."""
    site.main_language = main.lower()
    site.set_languages(tag.lower() for tag in languages)
    for tag, place in folders.items() if len(folders) > 1 else ():
        if is_known_language(tag.lower()):
            named = place.name if place.name != tag.lower() else ""
            site.languages[tag.lower()] = OldLanguage(named)
    if site.main_language in site.languages:  # its pages are marked too
        site.set("language", site.main_language, "defaultContentLanguage")
    for tag, stated in languages.items():
        language = site.languages.get(tag.lower())
        if language is not None and tag != main:
            own = _lower(mapping(stated))
            title, of_site = own.get("title"), site.settings.get("title", ("", ""))[0]
            language.title = title if isinstance(title, str) and title != of_site else ""
            language.menu = _menu_of(own)


def _menu_of(*configs: dict[str, Any]) -> dict[str, str]:
    """The main menu of the first of these configurations that has one."""
    menus = (config.get("menus") or config.get("menu") for config in configs)
    main = mapping(next(filter(None, menus), None)).get("main")
    return _menu(main if isinstance(main, list) else [])


def _content(folder: Path, config: dict[str, Any], language: str) -> Path:
    """The folder with the content of the main language, which may have one of its own, or one that
    is mounted as the content."""
    own = _lower(mapping(mapping(config.get("languages")).get(language))).get("contentdir")
    mounted = [
        str(mount["source"])
        for mount in _mounts(config)
        if _mount_target(mount) == "content" and language in (_languages_of(mount) or [language])
    ]
    names = [own, *mounted, config.get("contentdir"), "content"]
    places = [folder / str(name) for name in names if name]
    return next((place for place in places if place.is_dir()), folder / "content")


def _mounts(config: dict[str, Any]) -> list[dict[str, Any]]:
    """The folders that are mounted in others."""
    mounts = mapping(config.get("module")).get("mounts")
    listed = mounts if isinstance(mounts, list) else []
    return [mount for mount in map(mapping, listed) if isinstance(mount.get("source"), str)]


def _mount_target(mount: dict[str, Any]) -> str:
    """Where a folder is mounted, if it is the content as a whole; else ''."""
    target = str(mount.get("target") or "").strip("/")
    return target if target == "content" or not target.startswith("content") else ""


def _languages_of(mount: dict[str, Any]) -> list[str]:
    """The languages for which a folder is mounted; none where it says nothing."""
    matrix = mapping(mapping(mount.get("sites")).get("matrix")).get("languages")
    return texts(mount.get("lang") or matrix)


def _read_folder(folder: Path) -> dict[str, Any]:
    """The configuration of `config/_default`: `hugo.toml` or `config.toml`, and a file for each other
    key."""
    config: dict[str, Any] = {}
    of_languages: list[tuple[str, str, dict[str, Any]]] = []
    for file in sorted(folder.iterdir()):
        if file.suffix in _SUFFIXES:
            key, _, language = file.stem.partition(".")
            data = read_data(file)
            if language:
                of_languages.append((key, language, data))
            else:
                config |= data if key in _NAMES else {key: data}
    main = _main_language(_lower(config))
    for key, language, data in of_languages:  # `menus.en.toml`
        if language == main:
            config.setdefault(key, data)
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
        aliases = [normpath(urljoin(parent, alias)) for alias in page.texts("aliases")]
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
