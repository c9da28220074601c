"""What page kinds share: HTML pages with the data that every template gets, and pagers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..model.attachment import Attachment
from ..model.strings import direction, written_direction
from ..site.addresses import absolute
from ..site.site import UNRELATED, Entry, LanguageHome, Pager, Related, Site, Translation
from .page import Page

LETTER = "(?:[a-z]|0-9|other)"
"""Regular expression of the letters of `menu.letter_of`."""
MORE_PAGES = r"(?:/page-\d+)?"
"""Regular expression of what `pagers` adds to a site path."""


def pagers(base: str, count: int) -> list[tuple[str, Pager]]:
    """The site path and pager of each of the `count` pages of a list, whose first is at `base`."""
    urls = [base if number == 1 else f"{base}page-{number}/" for number in range(1, count + 1)]
    padded = ["", *urls, ""]
    return [(url, Pager(n + 1, count, padded[n], padded[n + 2])) for n, url in enumerate(urls)]


def introduced(
    site: Site, url: str, template: str, intro: Entry, data: Mapping[str, Any], title: str = ""
) -> Page:
    """A list page that the page of a folder introduces: with its title and text."""
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
        description=intro.description,
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
) -> Page:
    """An HTML page at a site path: its own data, and what every template gets.

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
    }
    artifact = f"{url}index.html" if url.endswith("/") else url
    return Page(artifact, template, {"site": site.info, "page": page, **data}, record)


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
