"""What page kinds share: HTML pages with the data that every template gets, and pagers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from ..model.attachment import Attachment
from ..model.strings import direction, written_direction
from ..site.addresses import absolute
from ..site.entry import Entry
from ..site.site import UNRELATED, Card, Labelled, LanguageHome, Pager, Related, Site, Translation
from .page import Page

LETTER = "(?:[a-z]|0-9|other)"
"""Regular expression of the letters of `menu.letter_of`."""
MORE_PAGES = r"(?:/page-\d+)?"
"""Regular expression of what `pagers` adds to a site path."""
RANGE_LETTERS = 3
MAX_HEIGHT = 6400
"""CSS pixels of a list on one page on a phone: with what is above and below it at most ten screens
of 844 pixels; two hundred names of one line."""
T = TypeVar("T")
NOT_REVIEWED = "not reviewed"
"""The badge of a card whose text no one has reviewed."""


def pagers(base: str, ranges: Sequence[str]) -> list[tuple[str, Pager]]:
    """The site path and pager of each page of a list, whose first is at `base`. `ranges` say what is
    on each page (see `range_label`)."""
    count = len(ranges)
    urls = [base if number == 1 else f"{base}page-{number}/" for number in range(1, count + 1)]
    pages = tuple(Labelled(label, url) for label, url in zip(ranges, urls, strict=True))
    padded = ["", *urls, ""]
    return [
        (url, Pager(n + 1, count, padded[n], padded[n + 2], pages if count > 1 else ()))
        for n, url in enumerate(urls)
    ]


def range_label(names: Sequence[str]) -> str:
    """What is on a page with these names: the beginnings of the first and the last, `Cef–Cip`."""
    first, last = (name[:RANGE_LETTERS].strip().capitalize() for name in (names[0], names[-1]))
    return first if first == last else f"{first}–{last}"


def evenly_divided(items: Sequence[T], heights: Sequence[int]) -> list[Sequence[T]]:
    """The items of each page of a list, about as many on each, so that no page with more than one
    item is higher than MAX_HEIGHT; one page for no items. `heights` are those of the items."""
    count = max(1, -(-sum(heights) // MAX_HEIGHT))
    target = sum(heights) / count
    pages: list[Sequence[T]] = []
    start = height = 0
    for number, own in enumerate(heights):
        if number > start and height + own / 2 > target and len(pages) < count - 1:
            pages.append(items[start:number])
            start, height = number, 0
        height += own
    return [*pages, items[start:]]


def line_height(text: str) -> int:
    """The estimated height, in CSS pixels, of a line of a list on a phone (390 pixels wide)."""
    return 9 + 24 * (1 + len(text) // 42)


def introduced(
    site: Site,
    url: str,
    template: str,
    intro: Entry,
    data: Mapping[str, Any],
    title: str = "",
    description: str = "",
    parents: Sequence[Labelled] = (),
) -> Page:
    """A list page that the page of a folder introduces: with its title and text. `description` is
    for one without a description of its own."""
    return html_page(
        site,
        url,
        template,
        title or intro.title,
        {
            **data,
            **resolved_addresses(site.related.get(intro.path, UNRELATED)),
            **published_files(site, intro),
        },
        description=intro.description or description,
        parents=parents,
        record=intro.record_digest,
        lang=intro.lang,
        translations=homes(site) if url == site.home else site.translations.get(intro.path, ()),
    )


def homes(site: Site) -> tuple[Translation, ...]:
    """The home pages of the site in all its languages."""
    return tuple(Translation(home.language, home.url) for home in site.languages)


def resolved_addresses(related: Related) -> dict[str, Any]:
    """The resolved addresses of a text, where it has any."""
    return {"addresses": related.addresses} if related.addresses else {}


def published_files(site: Site, entry: Entry) -> dict[str, dict[str, Attachment]]:
    """Page data: the pictures and files of an entry that are published, by reference; nothing where
    it refers to none."""
    if not entry.facts.files:
        return {}
    references = (file.reference for file in entry.facts.files)
    files = {name: site.files[name] for name in references if name in site.files}
    return {"files": {name: file for name, file in files.items() if not file.problem}}


def html_page(
    site: Site,
    url: str,
    template: str,
    title: str,
    data: Mapping[str, Any],
    *,
    description: str = "",
    noindex: bool = False,
    record: str = "",
    canonical: str = "",
    lang: str = "",
    translations: Sequence[Translation] = (),
    parents: Sequence[Labelled] = (),
    section: str = "",
) -> Page:
    """An HTML page at a site path: its own data, and what every template gets.

    `parents` are the pages above it, for its breadcrumbs; `section` is the site path of the list
    that it belongs to, which is the current item of the menu whatever the address of the page.
    `record` is the digest of the record it shows; `canonical` is the site path of the canonical
    page, where that is another one (a page that search engines leave out has none); `lang` is the
    language, where it is not that of the site; `translations` are the pages of the same text in all
    languages, itself among them.
    """
    page = {
        "url": url,
        "title": title,
        "description": description,
        "canonical": "" if noindex else absolute(site.config, canonical or url),
        "noindex": noindex,
        "lang": lang or site.config.language,
        "dir": _direction(site, f"{title} {description}" if record else "", lang),
        "alternates": alternates(site, translations),
        "switch": _switch(site, translations),
        "current": _current(site, url, section or (parents[0].url if parents else "")),
        "crumbs": (
            Labelled(site.words("Home"), site.home),
            *parents,
            *([Labelled(title, "")] if url != site.home else ()),
        ),
    }
    artifact = f"{url}index.html" if url.endswith("/") else url
    return Page(artifact, template, {"site": site.info, "page": page, **data}, record)


def _current(site: Site, url: str, section: str) -> str:
    """The address of the menu item that a page belongs to: of those above it in the address the
    nearest, but none outside its section; else that of its section."""
    items = [item.url for item in site.info.get("nav", ()) if item.url != site.home]
    above = max((item for item in items if url.startswith(item)), key=len, default="")
    if section in items and not above.startswith(section):
        return section
    return above


def without_shared_badge(cards: Sequence[Card]) -> tuple[tuple[Card, ...], bool]:
    """The cards of a list, and whether none is reviewed: then the list says so once, and no card."""
    if len(cards) < 2 or any(NOT_REVIEWED not in card.badges for card in cards):
        return tuple(cards), False
    badges = (tuple(badge for badge in card.badges if badge != NOT_REVIEWED) for card in cards)
    pairs = zip(cards, badges, strict=True)
    return tuple(replace(card, badges=own) for card, own in pairs), True


def _direction(site: Site, text: str, lang: str) -> str:
    """The direction of a page: that of its language, or of its own text where it states none."""
    written = "" if lang else written_direction(text)
    return written or direction(lang or site.config.language)


def alternates(site: Site, translations: Sequence[Translation]) -> tuple[Translation, ...]:
    """What the head says of the same page in other languages: full addresses, so nothing where the
    settings name no host. `x-default` is the page in the site's first language."""
    pages = tuple(
        Translation(page.language, address)
        for page in translations
        if (address := absolute(site.config, page.url))
    )
    if not pages:
        return ()
    main = site.languages[0].language if site.languages else site.config.language
    first = next((page for page in pages if page.language == main), None)
    return (*pages, Translation("x-default", first.url)) if first else pages


def _switch(site: Site, translations: Sequence[Translation]) -> tuple[LanguageHome, ...]:
    """The links between the languages of the site: to the translation of the page, else to the home
    page of the language. That of the page's own language has no address."""
    urls = {page.language: page.url for page in translations}
    return tuple(
        home._replace(
            url="" if home.language == site.config.language else urls.get(home.language, home.url)
        )
        for home in site.languages
    )
