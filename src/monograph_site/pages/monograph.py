"""The page of each content file, and the `index.json` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from ..model.monograph import Statement
from ..model.strings import squash
from ..site.addresses import KINDS
from ..site.audiences import view_urls, views_of
from ..site.entry import Entry
from ..site.menu import kind_label
from ..site.related import containing_url, has_containing_page
from ..site.reviews import is_unindexed
from ..site.site import MAX_RELATED_LINKS, UNRELATED, Count, Labelled, Related, Site
from . import ENTRY_PAGES, page_kind
from ._common import html_page, published_files, resolved_addresses
from .page import Page

VERSION_LENGTH = 12
"""Characters of the digest of a record that a page shows as its version."""


@page_kind(ENTRY_PAGES, None)
def monograph_pages(site: Site) -> Iterator[Page]:
    """Two pages for each entry of the site. Each entry is planned by itself: see `plan_entry`."""
    parents = {edition: _parents(site.edition(edition)) for edition in site.editions or ("",)}
    for entry in site.entries:
        edition = site.edition(entry.edition)
        above = parents.get(entry.edition, parents[""])
        crumbs = (*above.get(entry.kind, above["page"]), Labelled(entry.title, ""))
        if entry.kind == "page" or entry.not_a_monograph:
            page = _plain_page(edition, entry, crumbs)
        else:
            page = _monograph_page(edition, entry, crumbs)
        yield page
        yield from _views(edition, entry, page)
        yield _json_page(edition, entry)


def artifact_paths(entry: Entry) -> tuple[str, ...]:
    """The paths of the pages of an entry, relative to the output folder."""
    urls = (entry.url, *view_urls(entry))
    return (*(f"{url[1:]}index.html" for url in urls), f"{entry.url[1:]}index.json")


def _parents(site: Site) -> dict[str, tuple[Labelled, ...]]:
    """The breadcrumbs above a page, by its kind."""
    home = Labelled(site.words("Home"), site.home)
    labels = {
        kind: Labelled(kind_label(site, kind), site.address(KINDS[kind][2])) for kind in KINDS
    }
    return {kind: (home,) if kind == "page" else (home, labels[kind]) for kind in KINDS}


def _monograph_page(site: Site, entry: Entry, crumbs: tuple[Labelled, ...]) -> Page:
    related = site.related.get(entry.path, UNRELATED)
    data = {
        "kind_label": site.words(KINDS[entry.kind][0]),
        "crumbs": crumbs,
        "ingredients": related.ingredients,
        "combinations": related.combinations[:MAX_RELATED_LINKS],
        "brands": related.brands[:MAX_RELATED_LINKS],
        "related": _related(site, entry, related),
        "generic": related.generic,
        "overdue": entry.path in site.overdue,
        "disclaimers": _disclaimers(site, entry),
        "import_dates": site.import_dates,
        "toc": entry.toc,
        "section_order": site.config.sections,
        "version": entry.record_digest[:VERSION_LENGTH],
        "source_url": _source_url(site, site.config.file_of(entry.path)),
        "hidden": _hidden(site, entry),
        "outdated": site.outdated.get(entry.path),
        **published_files(site, entry),
    }
    data |= _from_other_files(related) | _links_to_views(entry) | _brand_links(entry, related)
    template = "article.html" if entry.kind == "article" else "monograph.html"
    return html_page(
        site,
        entry.url,
        template,
        entry.title,
        data,
        description=entry.description,
        noindex=is_unindexed(entry, site.config),
        record=entry.record_digest,
        lang=entry.lang,
        translations=site.translations.get(entry.path, ()),
        section=site.address(KINDS[entry.kind][2]),
    )


def _links_to_views(entry: Entry) -> dict[str, Any]:
    """Page data: the views of a page that has any."""
    views = views_of(entry)
    return {"views": views} if views else {}


def _brand_links(entry: Entry, related: Related) -> dict[str, Any]:
    """Page data: the address of each of its brand names that has a page, if any has."""
    urls = {squash(brand.title): brand.url for brand in related.brands}
    stated = (name.text for name in entry.names if urls and name.role == "brand")
    links = {name: urls[squash(name)] for name in stated if squash(name) in urls}
    return {"brand_links": links} if links else {}


def _views(site: Site, entry: Entry, whole: Page) -> Iterator[Page]:
    """The views of a page for each audience: its data, and which view it is. Search engines are
    given the whole page."""
    titles = {
        "patient": site.words("{title} (for patients)", title=entry.title),
        "professional": site.words("{title} (for health professionals)", title=entry.title),
    }
    for audience, url in views_of(entry)[1:]:
        frame = {
            **whole.data["page"],
            "url": url,
            "title": titles[audience],
            "noindex": True,
            "alternates": (),
        }
        data = {**whole.data, "page": frame, "view": audience}
        yield replace(whole, url=f"{url}index.html", data=data)


def _related(site: Site, entry: Entry, related: Related) -> dict[str, Any]:
    """What the page says of other pages: the lists that it has no room for, and its groups."""
    count = len(related.combinations) + len(related.brands)
    whole_list = Count(entry.title, containing_url(site, entry), count)
    return {
        "whole_list": whole_list if has_containing_page(related) else None,
        "classes": related.classes,
        "conditions": related.conditions,
        "same_class": related.same_class,
        "class_page": related.class_page,
        "look_alikes": related.look_alikes,
        "articles": related.articles[:MAX_RELATED_LINKS],
        "containing": related.containing,
    }


def _plain_page(site: Site, entry: Entry, crumbs: tuple[Labelled, ...]) -> Page:
    related = site.related.get(entry.path, UNRELATED)
    data = {
        "crumbs": crumbs,
        "ingredients": related.ingredients,
        "disclaimers": _disclaimers(site, entry),
        "toc": entry.toc,
        "hidden": _hidden(site, entry),
        "outdated": site.outdated.get(entry.path),
        **published_files(site, entry),
    }
    data |= _from_other_files(related) | _links_to_views(entry)
    return html_page(
        site,
        entry.url,
        "page.html",
        entry.title,
        data,
        description="" if entry.not_a_monograph else entry.description,
        noindex=is_unindexed(entry, site.config),
        record=entry.record_digest,
        lang=entry.lang,
        translations=site.translations.get(entry.path, ()),
    )


def _json_page(site: Site, entry: Entry) -> Page:
    """The index.json. Its data holds only what it prints, so that a change of the theme does not
    change it."""
    related = site.related.get(entry.path, UNRELATED)
    data: dict[str, Any] = {
        "url": entry.url,
        "ingredients": related.ingredients,
        "disclaimers": _disclaimers(site, entry),
        **published_files(site, entry),
    }
    data |= _from_other_files(related)
    if site.config.data_collection(entry.path):
        data["source"] = site.config.file_of(entry.path)
    return Page(f"{entry.url}index.json", "monograph.json", data, entry.record_digest)


def _from_other_files(related: Related) -> dict[str, Any]:
    """What a page needs of other files, where it has any: addresses of its links and of the
    substances that it interacts with, and the rows that data files add."""
    links = {link.title: link.url for link in related.interactions}
    data: dict[str, Any] = resolved_addresses(related)
    if links:
        data["interaction_links"] = links
    if related.rows:
        data["rows"] = related.rows
    return data


def _hidden(site: Site, entry: Entry) -> str:
    """Why the page is not published, in words; '' where it is."""
    hidden = site.hidden.get(entry.path)
    return hidden.reason(site.words) if hidden else ""


def _disclaimers(site: Site, entry: Entry) -> tuple[Statement, ...]:
    """The site's disclaimer for an entry; none where the text has a disclaimer of its own."""
    if entry.has_disclaimer:
        return ()
    statement = site.disclaimers.get((entry.kind, entry.audience))
    return (statement,) if statement else ()


def _source_url(site: Site, path: str) -> str:
    """The address of the source file: `repository` with the path in it, or in the form that GitHub
    and GitLab use."""
    repository = site.config.repository
    if not repository.startswith(("https://", "http://")):
        return ""
    if "{path}" in repository:
        return repository.replace("{path}", quote(path))
    return f"{repository.rstrip('/')}/blob/HEAD/content/{quote(path)}"
