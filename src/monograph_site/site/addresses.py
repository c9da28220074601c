"""Site paths: those every site has, and how a site path is written in a link."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from ..config import Config

KINDS = {
    "drug": ("Medicine", "Medicines", "/drugs/"),
    "combination": ("Combination", "Combinations", "/combinations/"),
    "brand": ("Brand", "Brands", "/brands/"),
    "article": ("Article", "Articles", "/articles/"),
    "page": ("Page", "Pages", "/pages/"),
}
"""By kind of content: the word for one, the word for many, and the site path of the listing."""


A_TO_Z, FAQS, SEARCH = "/a-z/", "/faqs/", "/search/"


GENERATED = re.compile(
    r"/(?:(?P<home>)|(?P<letters>a-z(?:/(?:[a-z]|0-9|other))?)|(?P<faqs>faqs(?:/(?:[a-z]|0-9|other)(?:/page-\d+)?)?)"
    r"|(?P<search>search(?:/names-.*)?)|(?P<listing>(?:drugs|combinations|brands|articles|pages)(?:/page-\d+)?)"
    r"|(?P<assets>assets(?:/.*)?)|(?P<technical>404\.html|robots\.txt|sitemap.*\.xml))"
)
"""Site paths, without the last slash, of the pages that every site has, by page kind: no content
file may have them."""


@lru_cache(maxsize=65536)
def _encoded(path: str) -> str:
    return quote(path.lstrip("/"), safe="/~!$&'()*+,;=:@")


def href(config: Config, path: str) -> str:
    """A site path as a link: below the base path of the site, percent-encoded."""
    return config.base_path + _encoded(path)


def absolute(config: Config, path: str) -> str:
    """The full address of a site path; '' where the settings name no host."""
    root = origin(config.base_url)
    return root and root + href(config, path)


@lru_cache(maxsize=64)
def origin(base_url: str) -> str:
    """Scheme and host of a base URL; '' where it names none."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def asset_path(name: str, digest: str) -> str:
    """The site path of a theme file. The digest of its content is part of the name, so hosts may
    cache it without limit."""
    stem, dot, suffix = name.rpartition(".")
    return f"/assets/{stem}.{digest[:12]}{dot}{suffix}" if stem else f"/assets/{name}.{digest[:12]}"
