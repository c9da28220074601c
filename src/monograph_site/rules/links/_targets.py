"""What the links of a site may lead to: its pages by address, and the anchors of a page."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from ...config.addresses import published_address, site_target, source_path
from ...model.claims import InternalLink
from ...model.files import SOURCE_SUFFIXES
from ...model.monograph import THEME_ANCHORS, Monograph
from ...model.strings import fold, heading_id
from ...model.suggest import closest
from ...regex import regex
from ...site.entry import Entry
from ...site.internal_links import PageNames, read_wikilink
from ...site.site import UNRELATED, Site

_ID = regex(r'\bid="([^"]+)"')


class Destination(NamedTuple):
    """Where a link leads."""

    url: str
    anchor: str


class Destinations:
    """The addresses of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages = {_key(redirect.label): "" for redirect in site.redirects}
        self._pages |= {_key(url): path for url, path in site.aliases}
        self._pages |= {_key(entry.url): entry.path for entry in site.linking}
        self._assets = {_key(url) for _, url in site.assets}
        self._urls = {entry.path: entry.url for entry in site.entries}
        self._unbuilt = site.unbuilt
        self._unbuilt_stems = {fold(PurePosixPath(path).stem) for path in site.unbuilt}

    @cached_property
    def _names(self) -> PageNames:
        return PageNames(self._site.linking)  # only a site with wikilinks pays for it

    @cached_property
    def _paths_by_stem(self) -> dict[str, str]:
        """The content path of each file name; of several files the first."""
        return {PurePosixPath(path).stem: path for path in sorted(self._urls, reverse=True)}

    def of(self, entry: Entry, link: InternalLink) -> Destination | None:
        """Where a link leads; None if it leaves the site or is not a valid address."""
        wikilink = read_wikilink(link.target)
        if wikilink:
            page = self._names.find(wikilink.name) if wikilink.name else entry
            return Destination(page.url if page else "", wikilink.anchor)
        try:
            place = site_target(link.target, entry.path, entry.url, self._site.config)
        except ValueError:
            return None
        if place is None:
            return None
        resolved = dict(self._site.related.get(entry.path, UNRELATED).addresses)
        if resolved:
            target = link.target.partition("#")[0]
            address = resolved.get(published_address(target, entry.path, self._site.config))
            if address:
                path = "/" + unquote(address.removeprefix(self._site.config.base_path))
                return Destination(path, place[1])
        return Destination(place[0] or entry.url, place[1])

    def page(self, url: str) -> str:
        """The content path of the page at a site path; '' if there is none."""
        return self._pages.get(_key(url), "")

    def exists(self, url: str) -> bool:
        """Whether anything is published at a site path; '' is none."""
        if not url:
            return False
        key = _key(url)
        generated = self._site.reserved.page_kind_at(key) not in ("", "assets")
        return generated or key in self._pages or key in self._assets

    def is_unbuilt(self, entry: Entry, link: InternalLink) -> bool:
        """Whether a link leads to a page that another error keeps from being made."""
        target = link.target.partition("#")[0]
        return (
            source_path(target, entry.path) in self._unbuilt
            or fold(target.strip("[]").rstrip("/").rpartition("/")[2]) in self._unbuilt_stems
        )

    def hint(self, entry: Entry, link: InternalLink) -> str:
        """How to correct a link that leads nowhere, with the page that was probably meant."""
        target = link.target.partition("#")[0]
        path = source_path(unquote(target), entry.path)
        if path in self._site.hidden:
            return f"That file is {self._site.hidden[path].reason()}; remove the link, or publish the page."
        name = target.strip("[]").rstrip("/").rpartition("/")[2]
        typed = name.rpartition(".")[0] if name.endswith(SOURCE_SUFFIXES) else name
        near = self._paths_by_stem.get(closest(typed, self._paths_by_stem))
        what = "name" if read_wikilink(link.target) else "address"
        return (
            f"Did you mean {near!r}, at {self._urls[near]!r}?" if near else f"Correct the {what}."
        )


def anchors(page: Monograph) -> frozenset[str]:
    """The names of the anchors of a page."""
    texts = [section.html for section in page.sections] + [faq.answer_html for faq in page.faqs]
    texts += [statement.html for statement in (page.disclaimer, page.note) if statement]
    inside = (name for text in texts if "id=" in text for name in _ID.findall(text))
    return THEME_ANCHORS.union(
        (heading_id(page.title),),  # see `title_anchor`
        inside,
        (section.id for section in page.sections),
        (faq.id for faq in page.faqs),
        (reference.id for reference in page.references),
    )


def _key(url: str) -> str:
    return url.rstrip("/")
