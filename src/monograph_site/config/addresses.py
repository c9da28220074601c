"""Where the links of content files lead: to the addresses of the pages that the files become."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urljoin

from ..markdown.html import leads_away
from ..markdown.pictures import PLACEHOLDER
from ..model.strings import slugify
from ..source.attachments import is_publishable
from . import Config

_SOURCES = (".md", ".markdown")


def slug_of(path: str) -> str:
    """A file's slug: its name, with hyphens for what an address cannot have."""
    stem = PurePosixPath(path).stem
    return re.sub(r"[\s/\\?#%\"<>|:*\x00-\x1f]+", "-", stem).strip() or slugify(stem) or "page"


def published_address(href: str, path: str, config: Config) -> str:
    """A link to a content file as the address of the page that the file becomes, and a link to
    another file as its placeholder (see `file_address`); another link as it is, but with the base
    path. `path` is the file that has the link."""
    placeholder = file_address(href, path)
    if placeholder:
        return placeholder
    target, hash_, anchor = href.partition("#")
    if leads_away(target) or not target.endswith(_SOURCES):
        return (
            config.base_path + href[1:]
            if href.startswith("/") and not href.startswith("//")
            else href
        )
    content_path = source_path(target, path)
    try:
        url = config.url_for(content_path, slug_of(content_path))
        return config.base_path + url[1:] + hash_ + anchor
    except ValueError:
        return href


def file_address(href: str, path: str) -> str:
    """The address that stands for a picture or file until it is known which one is meant; '' for a
    link to anything else. `path` is the file that has the link."""
    if href.startswith(PLACEHOLDER):  # in HTML that was read before
        return href
    target, hash_, anchor = href.partition("#")
    name = unquote(target.partition("?")[0]).replace("\\", "/")
    if leads_away(href) or not is_publishable(name):
        return ""
    return PLACEHOLDER + quote(f"{dirname(path)}//{name}") + hash_ + anchor


def source_path(target: str, path: str) -> str:
    """The content path that a link to a content file means; `path` is the file that has the link."""
    return normpath(join(dirname(path), target)) if not target.startswith("/") else target[1:]


def site_target(href: str, path: str, url: str, config: Config) -> tuple[str, str] | None:
    """Site path and anchor of a link's target, the path '' for the page itself; None for a link out
    of the site. `url` is the site path of the page."""
    if leads_away(href):
        return None
    target, _, anchor = href.partition("#")
    if not target:
        return "", unquote(anchor)
    address = published_address(target.partition("?")[0], path, config)
    whole = address if address.startswith("/") else urljoin(config.base_path + url[1:], address)
    return "/" + unquote(whole.removeprefix(config.base_path)), unquote(anchor)
