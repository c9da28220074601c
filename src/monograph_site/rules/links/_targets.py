"""What the links of a site may lead to: its pages by address, and the places of a page."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...config.addresses import site_place, source_path
from ...model.claims import InternalLink
from ...model.monograph import Monograph
from ...model.suggest import closest
from ...site.addresses import GENERATED
from ...site.site import Entry, Site

_ID = re.compile(r'\bid="([^"]+)"')
_THEME = frozenset({"main", "top"})
"""Places that every page has; the names of the others that templates make begin with `page-`."""


class Destination(NamedTuple):
    """Where a link leads."""

    url: str
    anchor: str


class Destinations:
    """The addresses of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages = {_key(url): path for url, path in site.aliases}
        self._pages |= {_key(entry.url): entry.path for entry in site.entries}
        self._others = {_key(url) for _, url in site.assets}
        self._paths = {entry.path for entry in site.entries}

    def of(self, entry: Entry, link: InternalLink) -> Destination | None:
        """Where a link leads; None where it leaves the site, or can't be read as an address."""
        try:
            place = site_place(link.target, entry.path, entry.url, self._site.config)
        except ValueError:
            return None
        return Destination(place[0] or entry.url, place[1]) if place else None

    def page(self, url: str) -> str:
        """The content path of the page at a site path; '' where there is none."""
        return self._pages.get(_key(url), "")

    def exists(self, url: str) -> bool:
        """Whether anything is published at a site path."""
        key = _key(url)
        made = GENERATED.fullmatch(key or "/") is not None and not key.startswith("/assets/")
        return made or key in self._pages or key in self._others

    def advice(self, entry: Entry, link: InternalLink) -> str:
        """What to do about a link that leads nowhere: the page it probably means."""
        target = link.target.partition("#")[0]
        path = source_path(target, entry.path)
        if path in self._paths:
            return f"That file's page has an address of its own: write {self._url(path)!r}."
        typed = target.rstrip("/").rpartition("/")[2].removesuffix(".md").removesuffix(".markdown")
        names = {
            path.rpartition("/")[2].rpartition(".")[0]: path
            for path in sorted(self._paths, reverse=True)
        }
        near = names.get(closest(typed, names))
        return f"Did you mean {near!r}, at {self._url(near)!r}?" if near else "Correct the address."

    def _url(self, path: str) -> str:
        return next(entry.url for entry in self._site.entries if entry.path == path)


def anchors(page: Monograph) -> frozenset[str]:
    """The names of the places of a page."""
    texts = [section.html for section in page.sections] + [faq.answer_html for faq in page.faqs]
    texts += [statement.html for statement in (page.disclaimer, page.note) if statement]
    inside = (name for text in texts if "id=" in text for name in _ID.findall(text))
    own = (
        [one.id for one in page.sections]
        + [one.id for one in page.faqs]
        + [one.id for one in page.references]
    )
    return _THEME.union(inside, own)


def _key(url: str) -> str:
    return url.rstrip("/")
