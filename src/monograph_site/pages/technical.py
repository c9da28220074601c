"""Files for hosts, search engines and programs: 404.html, robots.txt, the sitemap, and the schema of
the index.json files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..regex import regex
from ..site.addresses import A_TO_Z, KINDS, absolute, origin
from ..site.changes import indexed_entries
from ..site.entry import Entry
from ..site.site import Site, Translation
from . import page_kind
from ._common import alternates, homes, html_page
from .page import Page

MAX_URLS = 45_000
"""Addresses in one sitemap; https://www.sitemaps.org/protocol.html allows 50,000."""

_DATE = regex(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?")
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@page_kind("technical", r"/404\.html|/robots\.txt|/sitemap.*\.xml|/index\.schema\.json")
def technical_pages(site: Site) -> Iterator[Page]:
    """404.html and robots.txt; a sitemap too where the host is known, since a sitemap must name
    full addresses."""
    title = site.words("Page not found")
    yield html_page(site, "/404.html", "404.html", title, {}, noindex=True)
    robots = "User-agent: *\nDisallow:\n"
    if origin(site.config.base_url):
        yield from _sitemap(site)
        robots += f"\nSitemap: {absolute(site.config, '/sitemap.xml')}\n"
    yield Page("/robots.txt", "text", {"text": robots})
    if site.entries:
        schema = "/index.schema.json"
        yield Page(schema, "index.schema.json", {"id": absolute(site.config, schema)})


def _sitemap(site: Site) -> Iterator[Page]:
    lines = _lines(site)
    shards = [lines[start : start + MAX_URLS] for start in range(0, len(lines), MAX_URLS)]
    if len(shards) == 1:
        yield Page("/sitemap.xml", "text", {"text": _urlset(lines)})
        return
    names = [f"/sitemap-{number}.xml" for number in range(1, len(shards) + 1)]
    for name, shard in zip(names, shards, strict=True):
        yield Page(name, "text", {"text": _urlset(shard)})
    inside = "".join(
        f"<sitemap><loc>{escape(absolute(site.config, name))}</loc></sitemap>\n" for name in names
    )
    yield Page(
        "/sitemap.xml",
        "text",
        {"text": f"{_XML}<sitemapindex {_NAMESPACE}>\n{inside}</sitemapindex>\n"},
    )


def _lines(site: Site) -> list[str]:
    """The lines of the list pages of each language, and those of all entries."""
    lists = [line for edition in site.editions.values() or (site,) for line in _list_lines(edition)]
    return lists + [
        _line(site, entry.url, _changed(entry), site.translations.get(entry.path, ()))
        for entry in indexed_entries(site)
    ]


def _list_lines(site: Site) -> Iterator[str]:
    kinds = {entry.kind for entry in site.entries if not entry.not_a_monograph}
    yield _line(site, site.home, "", homes(site))
    lists = [KINDS[kind][2] for kind in KINDS if kind in kinds and kind != "page"]
    if site.names:
        lists += [A_TO_Z, *(f"{A_TO_Z}{letter}/" for letter in site.names)]
    for path in lists:
        yield _line(site, site.address(path), "")


def _line(site: Site, url: str, changed: str, translations: Sequence[Translation] = ()) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{page.language}" href="{escape(page.url)}"/>'
        for page in alternates(site, translations)
    )
    return f"<url><loc>{escape(absolute(site.config, url))}</loc>{lastmod}{links}</url>\n"


def _changed(entry: Entry) -> str:
    """When the text last changed, as its author states it; the time stamp of an import says nothing
    about that."""
    stated = entry.dates.changed or entry.dates.created
    return stated if _DATE.fullmatch(stated) else ""


def _urlset(lines: Sequence[str]) -> str:
    links = f" {_LINKS}" if any("<xhtml:link" in line for line in lines) else ""
    return f"{_XML}<urlset {_NAMESPACE}{links}>\n{''.join(lines)}</urlset>\n"
