"""Where the links of content files lead: to the address a page is published under."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urljoin

from ..markdown.html import leads_away
from ..model.strings import slugify
from . import Config

_SOURCES = (".md", ".markdown")


def slug_of(path: str) -> str:
    """A file's slug: its name, which is a sound id, with what can't stand in an address made into
    hyphens."""
    stem = PurePosixPath(path).stem
    return re.sub(r"[\s/\\?#%\"<>|:*\x00-\x1f]+", "-", stem).strip() or slugify(stem) or "page"


def published(href: str, path: str, config: Config) -> str:
    """A link between content files as the address of the page it becomes; other links as they are.
    `path` is the file the link stands in."""
    target, hash_, anchor = href.partition("#")
    if leads_away(target) or not target.endswith(_SOURCES):
        return (
            config.base_path + href[1:]
            if href.startswith("/") and not href.startswith("//")
            else href
        )
    full = source_path(target, path)
    try:
        return config.base_path + config.url_for(full, slug_of(full))[1:] + hash_ + anchor
    except ValueError:
        return href


def source_path(target: str, path: str) -> str:
    """The content path that a link to a content file means, seen from the file it stands in."""
    return normpath(join(dirname(path), target)) if not target.startswith("/") else target[1:]


def site_place(href: str, path: str, url: str, config: Config) -> tuple[str, str] | None:
    """Site path and anchor of a link's target, '' for the page itself; None for what leads out of
    the site. `url` is the site path of the page."""
    if leads_away(href):
        return None
    target, _, anchor = href.partition("#")
    if not target:
        return "", unquote(anchor)
    address = published(target.partition("?")[0], path, config)
    whole = address if address.startswith("/") else urljoin(config.base_path + url[1:], address)
    return "/" + unquote(whole.removeprefix(config.base_path)), unquote(anchor)
