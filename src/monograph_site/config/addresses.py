"""Where the links of content files lead: to the addresses of the pages that the files become."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urljoin

from ..markdown.html import leads_away
from ..markdown.pictures import PLACEHOLDER, REMOTE_PICTURE
from ..model.files import SOURCE_SUFFIXES
from ..model.strings import heading_id, slugify
from ..source.attachments import is_publishable
from . import Config
from .settings_file import VENDORED_FOLDER
from .site_paths import address_part, file_name, is_folder_page

_UNQUOTED = "/~!$&'()*+,;=:@"
"""Characters that stay as they are in the path of a link, beside letters and digits."""


def slug_of(path: str, config: Config) -> str:
    """A file's slug: its name in lower case, with hyphens for what an address cannot have, and
    without its language (`x.es.md`). The page of a folder (`index.md`) has the folder's name."""
    path = config.split_path(path)[1]
    name = file_name(path)
    return address_part(name) or slugify(name) or ("index" if is_folder_page(path) else "page")


def published_address(href: str, path: str, config: Config) -> str:
    """A link to a content file as the address of the page that the file becomes, and a link to
    another file as its placeholder (see `file_address`); another link as it is, but with the base
    path. `path` is the file that has the link. The anchor of a link into the site has the form that
    ids of headings have."""
    if href.startswith(REMOTE_PICTURE):
        name = config.vendored.get(href.removeprefix(REMOTE_PICTURE))
        return f"{PLACEHOLDER}//{VENDORED_FOLDER}/{name}" if name else ""
    placeholder = file_address(href, path)
    if placeholder:
        return placeholder
    target, hash_, anchor = href.partition("#")
    if leads_away(href):
        return href
    anchor = hash_ + anchor_as_id(anchor)
    if not target.endswith(SOURCE_SUFFIXES):
        rooted = target.startswith("/") and not target.startswith("//")
        return (config.base_path + target[1:] if rooted else target) + anchor
    content_path = source_path(target, path)
    try:
        url = config.url_for(content_path, slug_of(content_path, config))
        return config.base_path + quote(url[1:], safe=_UNQUOTED) + anchor
    except ValueError:
        return href


def anchor_as_id(anchor: str) -> str:
    """The anchor of a link as the id that a heading of these words has: other tools count each
    character that they leave out (`side-effects--risks`), or keep capitals."""
    plain = unquote(anchor)
    return heading_id(plain) if plain and not plain.startswith(":~:") else anchor


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
    """The content path that a link to a content file means; `path` is the file that has the link.
    Zola's `@/` is the content folder."""
    plain = unquote(target).removeprefix("@")
    return normpath(join(dirname(path), plain)) if not plain.startswith("/") else plain[1:]


def site_target(href: str, path: str, url: str, config: Config) -> tuple[str, str] | None:
    """Site path and anchor of a link's target, the path '' for the page itself; None for a link out
    of the site. `url` is the site path of the page."""
    if leads_away(href):
        return None
    target, _, anchor = href.partition("#")
    anchor = anchor_as_id(anchor)
    if not target:
        return "", anchor
    address = published_address(target.partition("?")[0], path, config)
    whole = address if address.startswith("/") else urljoin(config.base_path + url[1:], address)
    return "/" + unquote(whole.removeprefix(config.base_path)), anchor
