"""Files for browsers and language models: the web app manifest, the description of the search, and
llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from ..model.strings import direction
from ..site.addresses import KINDS, SEARCH, absolute, href, origin
from ..site.changes import indexed_entries
from ..site.menu import kind_label
from ..site.site import Site
from . import page_kind
from .page import Page

MAX_LISTED = 1000
"""Pages of a kind that llms.txt names one by one; of more, it names the list."""
BAND = "#0c3d37"
"""The colour of the header of the default theme."""
ICON_SIZES = (192, 512)
MAX_SHORT_NAME = 16
"""Characters of a ShortName (https://github.com/dewitt/opensearch)."""


@page_kind("machines", r"/manifest\.webmanifest|/opensearch\.xml|/llms\.txt", in_each_language=True)
def machine_pages(site: Site) -> Iterator[Page]:
    """The files of the site in one language. A description of the search must name full addresses,
    so there is one only where the host is known."""
    yield Page(site.address("/manifest.webmanifest"), "json", _manifest(site))
    if site.config.search and origin(site.config.base_url):
        yield Page(site.address("/opensearch.xml"), "text", {"text": _opensearch(site)})
    if site.config.llms_txt:
        yield Page(site.address("/llms.txt"), "text", {"text": _llms_txt(site)})


def _manifest(site: Site) -> dict[str, Any]:
    """https://www.w3.org/TR/appmanifest/"""
    config, assets = site.config, dict(site.assets)
    home = href(config, site.home)
    icons = [
        {
            "src": href(config, assets[name]),
            "type": "image/png",
            "sizes": f"{size}x{size}",
            "purpose": "any maskable",
        }
        for size in ICON_SIZES
        if (name := f"icon-{size}.png") in assets
    ]
    manifest = {
        "id": home,
        "name": config.title,
        "description": config.description,
        "lang": config.language,
        "dir": direction(config.language),
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "theme_color": BAND,
        "background_color": "#ffffff",
        "icons": icons,
    }
    return {key: value for key, value in manifest.items() if value}


def _opensearch(site: Site) -> str:
    config = site.config
    search = escape(f"{absolute(config, site.address(SEARCH))}?q={{searchTerms}}")
    description = config.description or config.title
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(config.title[:MAX_SHORT_NAME].strip())}</ShortName>
<Description>{escape(description[:1024])}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>{escape(config.language)}</Language>
<Url type="text/html" template="{search}"/>
</OpenSearchDescription>
"""


def _llms_txt(site: Site) -> str:
    """https://llmstxt.org: the pages in Markdown, each with what it is about and whether a reviewer
    has approved it."""
    config = site.config
    schema = _address(site, "/index.schema.json")
    parts = [
        f"# {config.title}",
        *([f"> {config.description}"] if config.description else []),
        "Every page says where its text comes from and whether a reviewer has approved it. Beside "
        "each page is an index.json with its whole record, which also has its alerts, its regulatory "
        f"state, its review and its sources; [the JSON Schema]({schema}) describes these files.",
    ]
    entries = indexed_entries(site)
    for kind in KINDS:
        listed = [entry for entry in entries if entry.kind == kind]
        if not listed:
            continue
        label = kind_label(site, kind)
        parts.append(f"## {label}")
        if len(listed) > MAX_LISTED:
            listing = _address(site, site.address(KINDS[kind][2]))
            parts.append(f"- [{label}]({listing}): {len(listed)} pages")
            continue
        lines = []
        for entry in listed:
            about = entry.description.replace("\n", " ")
            if kind != "page" and entry.review.status != "approved":
                about = f"{about} (not reviewed)".strip()
            title = entry.title.replace("[", "(").replace("]", ")")
            lines.append(f"- [{title}]({_address(site, entry.url)}){about and f': {about}'}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _address(site: Site, path: str) -> str:
    """The full address of a site path, or its path where no host is known."""
    return absolute(site.config, path) or href(site.config, path)
