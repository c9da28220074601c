"""The page of each content file, and the index.json beside those of monographs and articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ..model.monograph import Statement
from ..site.addresses import KINDS
from ..site.menu import label
from ..site.site import UNRELATED, Entry, Labelled, Site
from . import OF_ENTRIES, PAGE_KINDS
from ._common import html_page
from .page import Page


@PAGE_KINDS.named(OF_ENTRIES)
def monograph(site: Site) -> Iterator[Page]:
    """One page for each content file that can be one. It takes each entry by itself: see
    `plan_one`."""
    home = Labelled("Home", "/")
    above = {
        kind: (home, Labelled(label(site.config, kind), KINDS[kind][2]))
        for kind in KINDS
        if kind != "page"
    }
    for entry in site.entries:
        crumbs = (*above.get(entry.kind, (home,)), Labelled(entry.title, ""))
        if entry.kind == "page" or entry.not_a_monograph:
            yield _plain(site, entry, crumbs)
        else:
            yield _full(site, entry, crumbs)
        yield _machine(site, entry)


def _full(site: Site, entry: Entry, crumbs: tuple[Labelled, ...]) -> Page:
    related = site.related.get(entry.path, UNRELATED)
    data = {
        "kind_label": KINDS[entry.kind][0],
        "crumbs": crumbs,
        "ingredients": related.ingredients,
        "combinations": related.combinations,
        "brands": related.brands,
        "generic": related.generic,
        "overdue": entry.path in site.overdue,
        "disclaimers": _disclaimers(site, entry),
        "import_dates": site.import_dates,
        "toc": entry.toc,
        "source_url": _source_url(site, entry.path),
    }
    template = "article.html" if entry.kind == "article" else "monograph.html"
    return html_page(
        site,
        entry.url,
        template,
        entry.title,
        data,
        description=entry.description,
        record=entry.record_digest,
        lang=entry.lang,
    )


def _plain(site: Site, entry: Entry, crumbs: tuple[Labelled, ...]) -> Page:
    data = {"crumbs": crumbs, "disclaimers": _disclaimers(site, entry), "toc": entry.toc}
    return html_page(
        site,
        entry.url,
        "page.html",
        entry.title,
        data,
        description="" if entry.not_a_monograph else entry.description,
        noindex=entry.not_a_monograph or entry.has_errors,
        record=entry.record_digest,
        lang=entry.lang,
    )


def _machine(site: Site, entry: Entry) -> Page:
    """The index.json. Only what it prints is in its data, so that a change of the theme leaves it
    alone."""
    related = site.related.get(entry.path, UNRELATED)
    data: dict[str, Any] = {
        "url": entry.url,
        "ingredients": related.ingredients,
        "disclaimers": _disclaimers(site, entry),
    }
    return Page(f"{entry.url}index.json", "monograph.json", data, entry.record_digest)


def _disclaimers(site: Site, entry: Entry) -> tuple[Statement, ...]:
    """What site policy adds: nothing where the text has a disclaimer of its own, which the page
    shows."""
    if entry.has_disclaimer:
        return ()
    statement = site.disclaimers.get((entry.kind, entry.audience))
    return (statement,) if statement else ()


def _source_url(site: Site, path: str) -> str:
    """Where readers find the source: the configured address with the path in it, else GitHub's and
    GitLab's form."""
    repository = site.config.repository
    if not repository.startswith(("https://", "http://")):
        return ""
    if "{path}" in repository:
        return repository.replace("{path}", quote(path))
    return f"{repository.rstrip('/')}/blob/HEAD/content/{quote(path)}"
