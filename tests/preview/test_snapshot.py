"""One entry replaced in a site gives the very site that looking at all entries gives, or is
refused."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import pytest

from formularies import OWN
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.config import load_config, read_settings
from monograph_site.model.claims import Facts
from monograph_site.model.finding import FindingKind, Ignore
from monograph_site.model.monograph import Dates, Ingredient, Name, Product, Review, Status
from monograph_site.model.source import Span
from monograph_site.pages import OF_ENTRIES, PAGE_KINDS, kinds_at, plan, plan_one
from monograph_site.pages.page import Page
from monograph_site.preview.snapshot import amended
from monograph_site.site.catalogue import site
from monograph_site.site.site import SHARED, Entry, FaqHead, Site, TocItem

TODAY = "2025-06-30"
OTHERS: dict[str, list[Any]] = {
    "path": [],  # another path is another file
    "source_digest": ["0" * 32],
    "record_digest": ["1" * 32],
    "id": ["other", "cardomel"],
    "kind": ["drug", "combination", "brand", "article", "page"],
    "slug": ["other", "cardomel"],
    "title": ["Other", "Cardomel", "One + Two", "Äther"],
    "description": ["", "Another summary."],
    "url": ["/other/", "/drugs/"],
    "namespace": ["elsewhere"],
    "names": [
        (),
        (Name("Othername", "generic"),),
        (Name("Brandname", "brand"), Name("Wrogn", "misspelling")),
    ],
    "ingredients": [(), (Ingredient("Cardomel"),), (Ingredient("", "nobody"),)],
    "product": [
        Product("Company"),
        Product(generic_slug="cardomel"),
        Product(combination_slug="nobody"),
    ],
    "status": [Status("banned"), Status("approved"), Status("withdrawn", "a reason")],
    "review": [
        Review("approved", ("Dr Example",), "2025-01-01"),
        Review("approved", on="2019-01-01"),
        Review("retired"),
    ],
    "origin": ["human", "ai_generated"],
    "dates": [Dates(changed="2025-05-05"), Dates(imported="2025-05-05T05:05:05Z")],
    "audience": ["patient", "professional"],
    "lang": ["", "fr"],
    "faqs": [(), (FaqHead("q", "What else?"),)],
    "toc": [(), (TocItem("more", "More"),)],
    "aliases": [(), ("/old/",), ("/drugs/", "old.html")],
    "not_a_monograph": [True, False],
    "alerts": [(), ("boxed", "recall"), ("safety",)],
    "has_disclaimer": [True, False],
    "blocks_page": [True],
    "has_errors": [True, False],
    "findings": [(), (FindingKind("W999", "x").at("x", Span(), "x"),)],
    "places": [{}, {"title": Span(9, 9)}],
    "ignores": [(), (Ignore("E201", Span(2, 1)),)],
    "facts": [Facts(lacking="dose"), Facts(told_apart=("not to be confused with Othername",))],
}


def entries_of(name: str) -> list[Entry]:
    content = OWN / name
    config, _ = load_config(read_settings(content))
    files = sorted(path.relative_to(content).as_posix() for path in content.rglob("*.md"))
    return [
        load_file(LoadJob(path, (content / path).read_bytes(), path, config))[0] for path in files
    ]


def made(entries: list[Entry], **settings: Any) -> Site:
    config, _ = load_config(read_settings(OWN / "headed"), base_url="https://example.org/")
    return site(entries, replace(config, **settings), TODAY)


def test_every_field_is_tried() -> None:
    assert list(OTHERS) == [one.name for one in fields(Entry)]
    own = "source_digest record_digest description toc has_errors findings ignores facts"
    assert {*OTHERS} - {*SHARED} == {*own.split()}


@pytest.mark.parametrize("name", OTHERS)
def test_the_amended_site_is_the_whole_one(name: str) -> None:
    """Each field of each entry of a formulary, changed to each of some values."""
    entries = entries_of("headed")
    old = made(entries)
    for at, entry in enumerate(old.entries):
        for value in OTHERS[name]:
            new = replace(entry, **{name: value})
            fast = amended(old, at, new)
            if new == entry or name not in SHARED:
                assert fast is not None
            if fast is not None:
                whole = made([new if one.path == entry.path else one for one in entries])
                assert fast == whole
                assert list(plan(fast)) == list(plan(whole))
                if fast.cards is old.cards:  # then the pages that are not of one entry are kept
                    assert lists(old) == lists(whole)
            else:
                assert name in SHARED


def lists(site: Site) -> list[Page]:
    return [page for name in PAGE_KINDS if name != OF_ENTRIES for page in PAGE_KINDS[name](site)]


@pytest.mark.parametrize("seed", range(20))
def test_many_fields_at_once(seed: int) -> None:
    chance = random.Random(seed)
    entries = entries_of("bold")
    shown = made(entries)
    for _ in range(30):
        at = chance.randrange(len(shown.entries))
        entry = shown.entries[at]
        names = chance.sample([name for name in OTHERS if OTHERS[name] and name not in SHARED], 3)
        new = replace(entry, **{name: chance.choice(OTHERS[name]) for name in names})
        entries = [new if one.path == entry.path else one for one in entries]
        fast = amended(shown, at, new)
        assert fast is not None
        shown = fast
    assert shown == made(entries)


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_each_page_is_found_by_its_address(name: str) -> None:
    """Without planning the others: those of an entry by the entry, the others by the kind that
    makes them."""
    shown = made(entries_of(name), search=True)
    every = list(plan(shown))
    kinds = {page.url: kind for kind in PAGE_KINDS for page in PAGE_KINDS[kind](shown)}
    found = [page for entry in shown.entries for page in plan_one(shown, entry)]
    assert found == list(PAGE_KINDS[OF_ENTRIES](shown))
    assert len(kinds) == len(every)
    assert len({*kinds.values()}) > 5
    for url, kind in kinds.items():
        assert kind == OF_ENTRIES or kind in kinds_at(url), url
