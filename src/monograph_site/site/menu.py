"""The menu of a site, and the letters of its alphabetical lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from string import ascii_lowercase

from ..model.strings import direction, fold
from ..model.words import Words
from .addresses import A_TO_Z, FAQS, KINDS, origin
from .feeds import feeds
from .site import Count, Labelled, Site, SiteInfo

OTHER = "other"
"""The letter of a name that begins with neither a Latin letter nor a digit."""
MAX_MENU_PAGES = 6
"""Plain pages that fit in the menu of every page; if there are more, they get a listing instead."""


def kind_label(site: Site, kind: str) -> str:
    """The plural of a kind: the title that site.yaml gives its collection, else the default word.
    Where several collections of a kind have different titles, it is the default word too, and in
    the other languages of a site."""
    collections = site.config.collections.values() if site.home == "/" else ()
    titles = {item.title for item in collections if item.kind == kind and item.title}
    return titles.pop() if len(titles) == 1 else site.words(KINDS[kind][1])


def site_info(site: Site) -> SiteInfo:
    """`site`, as every template sees it."""
    config = site.config
    return {
        "title": config.title,
        "description": config.description,
        "language": config.language,
        "dir": direction(config.language),
        "base_url": config.base_url,
        "base_path": config.base_path,
        "home": site.home,
        "publisher": config.publisher.name,
        "publisher_url": config.publisher.url,
        "repository": config.repository.replace("{path}", ""),
        "contact": config.contact,
        "search": config.search,
        "integrity": config.integrity,
        "offline": config.offline,
        "origin": origin(config.base_url),
        "feeds": tuple(Labelled(feed.title, feed.url) for feed in feeds(site) if feed.in_head),
        "nav": _menu(site),
        "pages": _plain_pages(site),
    }


def _menu(site: Site) -> tuple[Labelled, ...]:
    """The menu that site.yaml names, or else the kinds of content; and the lists of all names and
    questions, where it does not name them."""
    kinds = {entry.kind for entry in site.entries if not entry.not_a_monograph}
    menu = list(site.menu) or [
        Labelled(kind_label(site, kind), site.address(KINDS[kind][2]))
        for kind in KINDS
        if kind in kinds and kind != "page"
    ]
    if site.names:
        menu.append(Labelled(site.words("A to Z"), site.address(A_TO_Z)))
    if any(entry.has_faqs and not entry.not_a_monograph for entry in site.entries):
        menu.append(Labelled(site.words("Questions"), site.address(FAQS)))
    return tuple({item.url: item for item in reversed(menu)}.values())[::-1]


def _plain_pages(site: Site) -> tuple[Labelled, ...]:
    """The plain pages (about, terms, …) for the footer of every page; if there are many, their
    listing."""
    pages = site.listed("page")
    if len(pages) > MAX_MENU_PAGES:
        return (Labelled(kind_label(site, "page"), site.address(KINDS["page"][2])),)
    return tuple(Labelled(page.title, page.url) for page in pages)


def letter_of(name: str) -> str:
    """The letter that lists a name: `a` … `z`, `0-9` or `other`, by its first letter or digit
    without accents."""
    if "a" <= (first := name[:1].lower()) <= "z":
        return first
    first = next((char for char in name if char.isalnum()), "")
    plain = unicodedata.normalize("NFKD", fold(first))[:1]
    if "a" <= plain <= "z":
        return plain
    return "0-9" if plain.isdecimal() else OTHER


def letter_label(letter: str, words: Words) -> str:
    """A letter as a reader sees it."""
    return words("Other") if letter == OTHER else letter.upper()


def letter_counts(base: str, counts: Mapping[str, int], words: Words) -> tuple[Count, ...]:
    """All letters with their counts, and with an address below a site path where the count is not
    zero. `0-9` and `other` are included only if they have names."""
    order = [
        *(["0-9"] if "0-9" in counts else []),
        *ascii_lowercase,
        *([OTHER] if OTHER in counts else []),
    ]
    return tuple(
        Count(
            letter_label(letter, words),
            f"{base}{letter}/" if letter in counts else "",
            counts.get(letter, 0),
        )
        for letter in order
    )
