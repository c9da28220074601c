"""What page kinds share: addresses, letters, pagers, and the page itself with what every template sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from string import ascii_lowercase
from typing import Any
from urllib.parse import quote, urlsplit

from .config import Config
from .page import Page
from .site import Count, Labelled, Pager, Site
from .text import fold

KINDS = {
    "drug": ("Medicine", "Medicines", "/drugs/"),
    "combination": ("Combination", "Combinations", "/combinations/"),
    "brand": ("Brand", "Brands", "/brands/"),
    "article": ("Article", "Articles", "/articles/"),
    "page": ("Page", "Pages", "/pages/"),
}
"""Kinds with the word for one, the word for many and the site path of their listing."""
A_TO_Z, FAQS, SEARCH = "/a-z/", "/faqs/", "/search/"
OTHER = "other"
"""The letter of what begins with neither a Latin letter nor a digit."""
MENU_PAGES = 6
"""As many plain pages stand in the menu of every page; where there are more, they have a listing instead."""
GENERATED = re.compile(
    r"/(?:(?P<home>)|(?P<letters>a-z(?:/(?:[a-z]|0-9|other))?)|(?P<faqs>faqs(?:/(?:[a-z]|0-9|other)(?:/page-\d+)?)?)"
    r"|(?P<search>search(?:/names-.*)?)|(?P<listing>(?:drugs|combinations|brands|articles|pages)(?:/page-\d+)?)"
    r"|(?P<assets>assets(?:/.*)?)|(?P<technical>404\.html|robots\.txt|sitemap.*\.xml))"
)
"""Site paths, without the last slash, that this tool makes itself, by the page kind that makes them: no content file
may have them."""


def label(config: Config, kind: str) -> str:
    """The word for many of a kind: the title of its collection where exactly one is given, else our own."""
    titles = {item.title for item in config.collections.values() if item.kind == kind and item.title}
    return titles.pop() if len(titles) == 1 else KINDS[kind][1]


def site_info(site: Site) -> dict[str, Any]:
    """`site`, as every template sees it."""
    config = site.config
    return {
        "title": config.title,
        "description": config.description,
        "language": config.language,
        "base_url": config.base_url,
        "base_path": config.base_path,
        "publisher": config.publisher.name,
        "publisher_url": config.publisher.url,
        "repository": config.repository.replace("{path}", ""),
        "contact": config.contact,
        "search": config.search,
        "nav": _menu(site),
        "pages": _plain_pages(site),
    }


def _menu(site: Site) -> tuple[Labelled, ...]:
    kinds = {entry.kind for entry in site.entries if not entry.rejected}
    menu = [Labelled(label(site.config, kind), KINDS[kind][2]) for kind in KINDS if kind in kinds and kind != "page"]
    if site.names:
        menu.append(Labelled("A to Z", A_TO_Z))
    if any(entry.faqs and not entry.rejected for entry in site.entries):
        menu.append(Labelled("Questions", FAQS))
    return tuple(menu)


def _plain_pages(site: Site) -> tuple[Labelled, ...]:
    """The plain pages (about, terms, …) for the foot of every page; beyond a handful, their listing."""
    pages = site.listed("page")
    if len(pages) > MENU_PAGES:
        return (Labelled(label(site.config, "page"), KINDS["page"][2]),)
    return tuple(Labelled(page.title, page.url) for page in pages)


def letter_of(name: str) -> str:
    """Under which letter a name stands: `a` … `z`, `0-9` or `other`, by its first letter or digit without accents."""
    if "a" <= (first := name[:1].lower()) <= "z":
        return first
    first = next((char for char in name if char.isalnum()), "")
    plain = unicodedata.normalize("NFKD", fold(first))[:1]
    if "a" <= plain <= "z":
        return plain
    return "0-9" if plain.isdecimal() else OTHER


def letter_label(letter: str) -> str:
    """A letter as a reader sees it."""
    return "Other" if letter == OTHER else letter.upper()


def letters(base: str, counts: Mapping[str, int]) -> tuple[Count, ...]:
    """All letters, with their addresses below a site path; digits and others only where there are any."""
    order = [*(["0-9"] if "0-9" in counts else []), *ascii_lowercase, *([OTHER] if OTHER in counts else [])]
    return tuple(
        Count(letter_label(letter), f"{base}{letter}/" if letter in counts else "", counts.get(letter, 0))
        for letter in order
    )


def pagers(base: str, count: int) -> list[tuple[str, Pager]]:
    """The site path and pager of each of `count` pages of a list that begins at `base`."""
    urls = [base if number == 1 else f"{base}page-{number}/" for number in range(1, count + 1)]
    around = ["", *urls, ""]
    return [(url, Pager(n + 1, count, around[n], around[n + 2])) for n, url in enumerate(urls)]


@lru_cache(maxsize=65536)
def _encoded(path: str) -> str:
    return quote(path.lstrip("/"), safe="/~!$&'()*+,;=:@")


def href(config: Config, path: str) -> str:
    """A site path as it is linked: below the base path, percent-encoded."""
    return config.base_path + _encoded(path)


def absolute(config: Config, path: str) -> str:
    """The full address of a site path; '' when the configuration names no host."""
    root = origin(config.base_url)
    return root and root + href(config, path)


@lru_cache(maxsize=64)
def origin(base_url: str) -> str:
    """Scheme and host of a base URL; '' where it names none."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def asset_path(name: str, digest: str) -> str:
    """Where a theme file is published: the digest of its content in its name, so that hosts may cache it for ever."""
    stem, dot, suffix = name.rpartition(".")
    return f"/assets/{stem}.{digest[:12]}{dot}{suffix}" if stem else f"/assets/{name}.{digest[:12]}"


def html_page(
    site: Site, url: str, template: str, title: str, data: Mapping[str, Any], *, description: str = "",
    noindex: bool = False, record: str = "", canonical: str = "",
) -> Page:  # fmt: skip
    """A page of HTML at a site path, with what every template sees added to its own data."""
    page = {
        "url": url,
        "title": title,
        "description": description,
        "canonical": absolute(site.config, canonical or url),
        "noindex": noindex,
    }
    artifact = f"{url}index.html" if url.endswith("/") else url
    return Page(artifact, template, {"site": site.info, "page": page, **data}, record)
