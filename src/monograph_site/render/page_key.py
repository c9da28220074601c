"""The key of a page: the digest of everything it is made of."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ..model.strings import digest
from ..pages.page import Page

PLAIN = frozenset({"json", "text", "asset", "file", "monograph.json", "index.schema.json"})
"""Values of `Page.template` that are rendered without a template."""
_PARTS = ("the program", "its template or an asset", "the settings or the menu", "its text",
          "what it shows of its front matter and of other files")  # fmt: skip
_PART_DIGITS = 6
"""Hexadecimal digits that a key has of each part: enough to tell what has changed. That two pages
are the same follows from the whole digest alone."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_site_digests: dict[int, tuple[object, str]] = {}
MAX_SITE_DIGESTS = 64
"""Digests of `site` that are kept: a site has one for each of its languages."""


def page_key(page: Page, templates: Mapping[str, str], code: str) -> str:
    """The key of a page: the same key means the same bytes. `templates` are those of
    `template_digests`, `code` that of `code_digest`."""
    return key_of_parts(
        code,
        template_digest(page.template, templates),
        site_digest(page.data.get("site")),
        page.record,
        digest(encode_data(page)),
    )


def key_of_parts(code: str, template: str, site: str, record: str, data: str) -> str:
    """The key of a page by the digests of its parts (see `page_key`)."""
    parts = (code, template, site, record, data)
    return ".".join((digest("|".join(parts)), *(part[:_PART_DIGITS] for part in parts)))


def template_digest(template: str, templates: Mapping[str, str]) -> str:
    """The digest of what a `Page.template` depends on; '' for one that is rendered without a
    template."""
    return "" if template in PLAIN else templates.get(template, "")


def encode_data(page: Page) -> bytes:
    """The address, template and data of a page, without `site`."""
    own = {name: value for name, value in page.data.items() if name != "site"}
    return _encode((page.url, page.template, own))


def changed_parts(old: str, new: str) -> tuple[str, ...]:
    """What differs between two keys of a page, in words for its author; () for the same key."""
    if old == new:
        return ()
    pairs = zip(_PARTS, old.split(".")[1:], new.split(".")[1:], strict=False)
    return tuple(part for part, before, after in pairs if before != after) or (_PARTS[-1],)


def site_digest(site: object) -> str:
    """The digest of what every page gets as `site`: the same object for all pages of a site in one
    language."""
    if site is None:
        return ""
    known, known_digest = _site_digests.get(id(site), (None, ""))
    if known is not site:
        if len(_site_digests) >= MAX_SITE_DIGESTS:
            _site_digests.clear()
        known_digest = digest(_encode(site))
        _site_digests[id(site)] = site, known_digest
    return known_digest
