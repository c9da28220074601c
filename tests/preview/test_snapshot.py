"""Snapshots: what changes with one entry, and which pages show a change."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from formularies import OWN
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.config import Language, load_config, read_settings
from monograph_site.model.attachment import Attachment, FileReference
from monograph_site.model.claims import Facts, InternalLink
from monograph_site.model.finding import FindingKind, Ignore
from monograph_site.model.monograph import (
    Dates,
    Ingredient,
    Name,
    Product,
    Review,
    Statement,
    Status,
)
from monograph_site.model.source import Source, Span
from monograph_site.model.tables import Interaction, Price, Tables
from monograph_site.model.words import words_in
from monograph_site.pages import (
    ENTRY_PAGES,
    PAGE_KINDS,
    kinds_at,
    plan_entry,
    plan_pages,
    reserved_addresses,
)
from monograph_site.pages._common import html_page
from monograph_site.pages.page import FRAME_DATA, Page
from monograph_site.preview.answers import differences
from monograph_site.preview.snapshot import (
    ListPages,
    Snapshot,
    changed_urls,
    positions_of,
    with_entry,
)
from monograph_site.render.theme import Theme
from monograph_site.site.addresses import ReservedAddresses
from monograph_site.site.catalogue import site
from monograph_site.site.entry import (
    NO_PART,
    OWN_FIELDS,
    SHARED_FIELDS,
    Entry,
    FaqHead,
    TocItem,
    encode_part,
)
from monograph_site.site.site import (
    ALL_PAGES_FIELDS,
    Card,
    Group,
    Hidden,
    Labelled,
    LanguageHome,
    NameLine,
    Outdated,
    Related,
    Site,
    Translation,
)

TODAY = "2025-06-30"
OTHER_VALUES: dict[str, list[Any]] = {
    "path": [],  # another path is another file
    "source_digest": ["0" * 32],
    "record_digest": ["1" * 32],
    "id": ["other", "cardomel"],
    "kind": ["drug", "combination", "brand", "article", "page"],
    "slug": ["other", "cardomel"],
    "title": ["Other", "Cardomel", "One + Two", "Äther"],
    "question": ["", "What is it?"],
    "description": ["", "Another summary."],
    "url": ["/other/", "/drugs/"],
    "namespace": ["elsewhere"],
    "names": [
        (),
        (Name("Othername", "generic"),),
        (Name("Brandname", "brand"), Name("Wrogn", "misspelling")),
    ],
    "classes": [(), ("Analgesic",), ("Antibiotics", "Analgesics")],
    "atc": [(), ("N02BE01",)],
    "conditions": [(), ("Pain",)],
    "ingredients": [(), (Ingredient("Cardomel"),), (Ingredient("", "nobody"),)],
    "interactions": [(), ("Cardomel", "Nothing")],
    "rows": [Tables(interactions=(Interaction("Cardomel"),)), Tables(prices=(Price("India"),))],
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
    "audiences": [(), ("patient", "professional")],
    "lang": ["", "fr"],
    "edition": ["es"],
    "translation_of": ["cardomel"],
    "encoded_faqs": [NO_PART, encode_part([FaqHead("q", "What else?")])],
    "encoded_toc": [NO_PART, encode_part([TocItem("more", "More")])],
    "aliases": [(), ("/old/",), ("/drugs/", "old.html")],
    "draft": [True, False],
    "not_a_monograph": [True, False],
    "alerts": [(), ("boxed", "recall"), ("safety",)],
    "has_disclaimer": [True, False],
    "blocks_page": [True],
    "has_errors": [True, False],
    "encoded_findings": [NO_PART, encode_part([FindingKind("W999", "x").at("x", Span(), "x")])],
    "places": [{}, {"title": Span(9, 9)}],
    "ignores": [(), (Ignore("E201", Span(2, 1)),)],
    "facts": [
        Facts(missing_sections="dose"),
        Facts(unmapped_keys=("shelf",)),
        Facts(links=(InternalLink("[[no such page]]", 9, 1), InternalLink("[[#Uses]]", 9, 1))),
        Facts(confusable_names=("not to be confused with Othername",)),
        Facts(files=(FileReference("drugs//x.png", "x.png", 1, 1, True),)),
    ],
}


def entries_of(name: str) -> list[Entry]:
    content = OWN / name
    config, _ = load_config(read_settings(content))
    files = sorted(path.relative_to(content).as_posix() for path in content.rglob("*.md"))
    return [
        load_file(LoadJob(path, (content / path).read_bytes(), path, config))[0] for path in files
    ]


def site_of(entries: list[Entry], **settings: Any) -> Site:
    config, _ = load_config(read_settings(OWN / "headed"), base_url="https://example.org/")
    reserved = reserved_addresses(dataclasses.replace(config, languages={"es": Language()}))
    return site(entries, dataclasses.replace(config, **settings), TODAY, reserved=reserved)


def test_every_field_is_tried() -> None:
    """A new field of an entry or a site needs values here, so that its place is put to the test."""
    assert list(OTHER_VALUES) == list(Entry.__struct_fields__)
    assert list(SITE_CHANGES) == list(Site.__struct_fields__)
    assert {*OWN_FIELDS} == {*OTHER_VALUES} - {*SHARED_FIELDS}


@pytest.mark.parametrize("name", OTHER_VALUES)
def test_a_site_with_one_entry_replaced_is_the_one_made_of_all_entries(name: str) -> None:
    """Each field of each entry of a formulary, changed to each of some values: `with_entry` gives
    that very site, or refuses."""
    entries = entries_of("headed")
    old = site_of(entries)
    for position, entry in enumerate(old.entries):
        for value in OTHER_VALUES[name]:
            new = replace(entry, **{name: value})
            quick = with_entry(old, position, new)
            if new == entry or (name not in SHARED_FIELDS and not shows_elsewhere(entry, new)):
                assert quick is not None
            if quick is not None:
                full = site_of([new if item.path == entry.path else item for item in entries])
                assert quick == full
                assert list(plan_pages(quick)) == list(plan_pages(full))
                if quick.cards is old.cards:  # then the list pages are kept
                    assert list_pages(old) == list_pages(full)
            else:
                assert name in SHARED_FIELDS or shows_elsewhere(entry, new)


def shows_elsewhere(entry: Entry, new: Entry) -> bool:
    """Whether other pages show the facts of an entry that differ: the search names what it may be
    confused with, and medicines the articles that link to them."""
    return entry.facts.confusable_names != new.facts.confusable_names or (
        entry.kind == "article" and entry.facts.links != new.facts.links
    )


def list_pages(site: Site) -> list[Page]:
    return [page for name in PAGE_KINDS if name != ENTRY_PAGES for page in PAGE_KINDS[name](site)]


@pytest.mark.parametrize("seed", range(20))
def test_many_fields_at_once(seed: int) -> None:
    chance = random.Random(seed)
    entries = entries_of("bold")
    current = site_of(entries)
    own = [name for name in OWN_FIELDS if OTHER_VALUES[name]]
    for _ in range(30):
        position = chance.randrange(len(current.entries))
        entry = current.entries[position]
        names = chance.sample(own, 3)
        new = replace(entry, **{name: chance.choice(OTHER_VALUES[name]) for name in names})
        entries = [new if item.path == entry.path else item for item in entries]
        quick = with_entry(current, position, new)
        assert (quick is None) == shows_elsewhere(entry, new)
        current = quick or site_of(entries)
    assert current == site_of(entries)


# which pages show a change of the site


def snapshot_of(site: Site, requested: tuple[str, ...] = ()) -> Snapshot:
    return Snapshot(
        site=site,
        entries={entry.path: entry for entry in site.entries},
        theme=Theme({}, {}, {}),
        templates={},
        code="",
        positions=positions_of(site),
        lists=ListPages(site, requested),
        others=(),
        settings=Source("site.yaml", ""),
        read_source=lambda path: None,
        find_across=lambda site: (),
        find_links=lambda site, paths: (),
    )


def of_first(site: Site) -> str:
    return site.entries[0].path


def changed_card(site: Site, cards: str) -> dict[str, Card]:
    path = of_first(site)
    card: Card = getattr(site, cards)[path]
    return {**getattr(site, cards), path: replace(card, title="Other")}


SITE_CHANGES: dict[str, Callable[[Site], Any]] = {
    "config": lambda site: dataclasses.replace(site.config, language="fr"),
    "words": lambda _: words_in("es"),
    "entries": lambda site: (
        replace(site.entries[0], description="Other", encoded_toc=NO_PART),
        *site.entries[1:],
    ),
    "cards": lambda site: changed_card(site, "cards"),
    "links": lambda site: changed_card(site, "links"),
    "related": lambda site: {
        **site.related,
        of_first(site): Related(brands=(*site.links.values(),)),
    },
    "names": lambda site: {
        **site.names,
        "q": (NameLine("Q", site.links[of_first(site)], True),),
    },
    "disclaimers": lambda site: {
        (entry.kind, entry.audience): Statement("<p>Other</p>", "Other", "site")
        for entry in site.entries
    },
    "classes": lambda site: (
        Group("painkiller", "Painkiller", "/by-class/painkiller/", tuple(site.links)),
    ),
    "conditions": lambda site: (Group("pain", "Pain", "/by-condition/pain/", tuple(site.links)),),
    "overdue": lambda site: site.overdue ^ {of_first(site)},
    "aliases": lambda site: (("/old/", of_first(site)),),
    "redirects": lambda _: (Labelled("/former/", "/drugs/"),),
    "menu": lambda _: (Labelled("Drugs", "/drugs/"),),
    "unbuilt": lambda site: site.unbuilt | {"drugs/other.md"},
    "hidden": lambda site: {of_first(site): Hidden("a draft")},
    "intros": lambda site: {"/drugs/": replace(site.entries[0], path="drugs/_index.md")},
    "import_dates": lambda site: not site.import_dates,
    "home": lambda _: "/es/",
    "languages": lambda _: (LanguageHome("en", "English", "/"),),
    "editions": lambda site: {"": replace(site, entries=site.entries[1:])},
    "translations": lambda site: {of_first(site): (Translation("en", "/drugs/other/"),)},
    "outdated": lambda site: {of_first(site): Outdated("2025-05-05", "/drugs/other/")},
    "unapproved": lambda site: site.unapproved + 1,
    "assets": lambda site: (("theme.css", "/assets/theme.0.css"),),
    "files": lambda _: {"drugs//x.png": Attachment("drugs/x.png", "0" * 32, 30, 20)},
    "reserved": lambda site: ReservedAddresses((*site.reserved.patterns, ("x", "/x"))),
    "findings": lambda site: (FindingKind("W999", "x").at("x", Span(), "x"),),
    "info": lambda site: {**site.info, "title": "Other"},
}


@pytest.mark.parametrize("name", SITE_CHANGES)
def test_a_change_is_announced_to_every_page_that_shows_it(name: str) -> None:
    old = site_of(entries_of("headed"), search=True)
    new = replace(old, **{name: SITE_CHANGES[name](old)})
    assert getattr(new, name) != getattr(old, name)
    before, after = ({page.url: page for page in plan_pages(site)} for site in (old, new))
    differing = {
        url.removesuffix("index.html")
        for url in before.keys() | after.keys()
        if before.get(url) != after.get(url)
    }
    requested = tuple(page.url for site in (old, new) for page in list_pages(site))
    announced = changed_urls(snapshot_of(old), snapshot_of(new, requested))
    if name in ALL_PAGES_FIELDS:
        assert announced is None
    else:
        assert announced is not None
        assert differing <= announced
        assert differing or name in ("unapproved", "unbuilt", "findings"), (
            "the change shows nowhere"
        )


# why a page is rendered differently


def test_every_page_has_the_frame_data_and_no_more() -> None:
    page = html_page(site_of(entries_of("headed")), "/x/", "x.html", "X", {})
    assert tuple(page.data) == FRAME_DATA


@pytest.mark.parametrize("name", [name for name in OTHER_VALUES if OTHER_VALUES[name]])
def test_an_edit_is_a_change_of_the_text_on_its_own_pages_only(name: str) -> None:
    """Where only own fields change, nothing else is named on the own pages."""
    old = site_of(entries_of("headed"))
    edited = old.entries[0]
    for value in OTHER_VALUES[name]:
        new_entry = replace(edited, **{"record_digest": "2" * 32, name: value})
        new = site_of([new_entry, *old.entries[1:]])
        before, after = ({page.url: page for page in plan_pages(site)} for site in (old, new))
        own = {page.url for page in plan_entry(old, edited)}
        for url in before.keys() & after.keys():
            if before[url] == after[url]:
                continue
            why = differences(before[url], after[url], is_template_changed=False)
            if url not in own:
                assert "text" not in why, url
            elif name in OWN_FIELDS:
                assert why == ("text",), url


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_each_page_is_found_by_its_address(name: str) -> None:
    """Without planning the others: those of an entry by the entry, the others by the kind that
    makes them."""
    example = site_of(entries_of(name), search=True)
    kinds = {page.url: kind for kind in PAGE_KINDS for page in PAGE_KINDS[kind](example)}
    pages = [page for entry in example.entries for page in plan_entry(example, entry)]
    assert pages == list(PAGE_KINDS[ENTRY_PAGES](example))
    assert len(kinds) == len(list(plan_pages(example)))
    assert len({*kinds.values()}) > 5
    for url, kind in kinds.items():
        assert kind == ENTRY_PAGES or kind in kinds_at(example, url), url
