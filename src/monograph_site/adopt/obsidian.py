"""Obsidian: a vault with `.obsidian/`; Quartz, which publishes one: `quartz.config.ts`."""

from __future__ import annotations

import re
from pathlib import Path

from .js_literal import read_object_after
from .old_site import OldPage, OldSite, mapping, read_data, texts
from .spelling import as_in_publish, join


def read_obsidian(folder: Path) -> OldSite | None:
    """The vault in a folder; None where it has none."""
    settings = folder / ".obsidian"
    if not settings.is_dir():
        return None
    is_published = (settings / "publish.json").is_file()

    def addresses(page: OldPage) -> list[str]:
        if not is_published or page.front.get("publish") is False:
            return []
        stated = page.text("permalink")
        parts = page.path.rpartition(".")[0].split("/")
        return [join(stated) if stated else join(*map(as_in_publish, parts))]

    site = OldSite("Obsidian", folder, ".obsidian", addresses)
    site.settings["title"] = (folder.resolve().name, "name of the vault")
    if is_published:
        site.permalinks["."] = ("/{folders}/{name}/", "Obsidian Publish keeps names as written")
    app = _read(settings / "app.json")
    ignored = [name.strip("/") for name in texts(app.get("userIgnoreFilters"))]
    templates = _read(settings / "templates.json").get("folder")
    plugin = _read(settings / "plugins/templater-obsidian/data.json").get("templates_folder")
    folders = [*ignored, *texts(templates), *texts(plugin)]
    site.exclude = [name for name in dict.fromkeys(folders) if name and (folder / name).exists()]
    if (folder / ".trash").is_dir():
        site.not_understood.append(".trash: notes that were deleted are left out")
    return site


def _read(file: Path) -> dict[str, object]:
    """A file of settings; empty where there is none, or it can't be read."""
    try:
        return read_data(file)
    except ValueError:
        return {}


def read_quartz(folder: Path) -> OldSite | None:
    """The Quartz site of a folder; None where it has none."""
    file, content = folder / "quartz.config.ts", folder / "content"
    if not file.is_file() or not content.is_dir():
        return None
    text = file.read_text(encoding="utf-8", errors="replace")
    match = re.search(r"QuartzConfig\s*=\s*(?=\{)", text)
    call = f"config({text[match.end() :]}" if match else ""
    config = mapping(read_object_after(call, "config").get("configuration"))

    def addresses(page: OldPage) -> list[str]:
        parts = page.path.rpartition(".")[0].split("/")
        if parts[-1] in ("index", "_index"):
            parts.pop()
        own = join(page.text("permalink")) if page.text("permalink") else join(*map(_spell, parts))
        return [own, *(join(*map(_spell, name.split("/"))) for name in page.texts("aliases"))]

    site = OldSite("Quartz", content, file.name, addresses)
    site.set("title", config.get("pageTitle"), "pageTitle")
    site.set("language", config.get("locale"), "locale")
    if isinstance(config.get("baseUrl"), str):
        site.set("base_url", f"https://{config['baseUrl'].strip('/')}/", "baseUrl")
    site.permalinks["."] = ("/{folders}/{name}/", "Quartz keeps names as they are written")
    site.feeds = ("/index.xml",)
    ignored = texts(config.get("ignorePatterns"))
    site.exclude = [name for name in ignored if (content / name).exists()]
    return site


def _spell(name: str) -> str:
    dashed = name.replace("&", "-and-").replace("%", "-percent")
    return re.sub(r"[?#]", "", re.sub(r"\s+", "-", dashed))
