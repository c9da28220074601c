"""Records made by hand, and sites of them, for the tests of planning."""

from __future__ import annotations

from typing import Any

from monograph_site import pages
from monograph_site.build.entries import make_entry
from monograph_site.config import Config
from monograph_site.model.monograph import Loaded, Monograph
from monograph_site.model.strings import slugify
from monograph_site.pages.page import Page
from monograph_site.site import catalogue
from monograph_site.site.entry import Entry
from monograph_site.site.site import Site

KIND_OF = {
    "drugs": "drug",
    "combinations": "combination",
    "brands": "brand",
    "articles": "article",
    "pages": "page",
}


def record(path: str, title: str = "", **fields: Any) -> Monograph:
    """A monograph at a path; its kind, slug and title come from the path unless given."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    slug = fields.pop("slug", slugify(name))
    kind = fields.pop("kind", KIND_OF.get(folder.rpartition("/")[2], "drug"))
    described = {"description": f"About {title or name.capitalize()}.", **fields}
    return Monograph(
        path=path, id=slug, kind=kind, slug=slug, title=title or name.capitalize(), **described
    )


def entry(monograph: Monograph, config: Config | None = None) -> Entry:
    """The entry of a monograph in which nothing was found."""
    return make_entry(Loaded(monograph), "source", config or Config())[0]


def site(
    *monographs: Monograph, config: Config | None = None, as_of: str = "2025-06-01", **more: Any
) -> Site:
    """The site of some monographs, given in any order."""
    config = config or Config()
    entries = [entry(one, config) for one in monographs]
    return catalogue.site(entries, config, as_of, reserved=pages.reserved_addresses(config), **more)


def planned(made: Site) -> dict[str, Page]:
    """All pages of a site by their address; two for one address are a fault."""
    found: dict[str, Page] = {}
    for page in pages.plan_pages(made):
        assert page.url not in found, f"two pages for {page.url}"
        found[page.url] = page
    return found


def codes(made: Site) -> list[tuple[str, str]]:
    """Path and code of each finding about the files together."""
    return [(one.path, one.code) for one in made.findings]
