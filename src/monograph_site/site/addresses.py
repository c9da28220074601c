"""Site paths: those that content files may not have, and how a site path is written in a link."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from msgspec import Struct

from ..model.words import mark

if TYPE_CHECKING:
    from ..config import Config

KINDS = {
    "drug": (mark("Medicine"), mark("Medicines"), "/drugs/"),
    "combination": (mark("Combination"), mark("Combinations"), "/combinations/"),
    "brand": (mark("Brand"), mark("Brands"), "/brands/"),
    "article": (mark("Article"), mark("Articles"), "/articles/"),
    "page": (mark("Page"), mark("Pages"), "/pages/"),
}
"""By kind of content: the English word for one, that for many, and the site path of the listing."""
A_TO_Z, FAQS, SEARCH = "/a-z/", "/faqs/", "/search/"
BY_CLASS, BY_CONDITION, CONTAINING = "/by-class/", "/by-condition/", "/containing/"


class ReservedAddresses(Struct, frozen=True, dict=True):
    """The site paths of pages that are not of one content file, by page kind: no file may have
    them."""

    patterns: tuple[tuple[str, str], ...] = ()
    """Name of each page kind, with a regular expression of its site paths (see `page_kind`)."""
    languages: tuple[str, ...] = ()
    """The other languages of the site: the paths are reserved below `/es/` too."""

    def page_kind_at(self, url: str) -> str:
        """The page kind that a site path is reserved for; '' for none. The last slash and
        `index.html` do not matter."""
        url = url.removesuffix("index.html").rstrip("/") or "/"
        if self.languages:
            language, _, rest = url[1:].partition("/")
            url = f"/{rest}" if language in self.languages else url
        match = self._pattern.fullmatch(url)
        group = match.lastgroup if match else None
        return self.patterns[int(group[1:])][0] if group else ""

    @cached_property
    def kinds_of_pages(self) -> dict[str, str]:
        """What `collisions` has found out: it asks twice about the address of each file."""
        return {}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _compiled(self.patterns)


NOTHING_RESERVED = ReservedAddresses()


@lru_cache(maxsize=16)
def _compiled(patterns: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern with a group for each page kind, `_0`, `_1`, …: a kind's name may be any text."""
    return re.compile("|".join(f"(?P<_{at}>{text})" for at, (_, text) in enumerate(patterns)))


@lru_cache(maxsize=65536)
def _encoded(path: str) -> str:
    # No site path has `#` in it: where it is, an anchor follows.
    return quote(path.lstrip("/"), safe="/~!$&'()*+,;=:@#")


def href(config: Config, path: str) -> str:
    """A site path as a link: below the base path of the site, percent-encoded. A full address, as
    site.yaml may name, is one already."""
    if not path.startswith("/") and "://" in path:
        return path
    return config.base_path + _encoded(path)


def absolute(config: Config, path: str) -> str:
    """The full address of a site path; '' where the settings name no host. A full address is one
    already."""
    if not path.startswith("/") and "://" in path:
        return path
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
