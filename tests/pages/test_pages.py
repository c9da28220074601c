"""What each page gets: an address, a template and data."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from monograph_site.config import Config, Disclaimer
from monograph_site.model.attachment import Attachment
from monograph_site.model.finding import Severity
from monograph_site.model.monograph import (
    Dates,
    Faq,
    Ingredient,
    Monograph,
    Name,
    Review,
    Statement,
)
from monograph_site.pages import (
    ENTRY_PAGES,
    PAGE_KINDS,
    WrongAddress,
    faqs,
    listing,
    page_kind,
    plan_kind,
    reserved_addresses,
    technical,
)
from monograph_site.pages.page import Page
from monograph_site.pages.search import JOINED
from monograph_site.site.addresses import href
from monograph_site.site.menu import MAX_MENU_PAGES
from monograph_site.site.site import Site
from records import planned, record, site

CONTRACT: dict[str, set[str]] = {
    "monograph.html": {
        *(
            "kind_label",
            "crumbs",
            "ingredients",
            "combinations",
            "brands",
            "generic",
            "overdue",
            "disclaimers",
        ),
        *("import_dates", "toc", "section_order", "related", "version"),
        *("source_url", "hidden", "outdated"),
    },
    "page.html": {"crumbs", "ingredients", "disclaimers", "toc", "hidden", "outdated"},
    "home.html": {
        "counts",
        "letters",
        "articles",
        "intro_html",
        "notices",
        "search_url",
        "updated",
        "classes",
        "conditions",
    },
    "letters.html": {"letters"},
    "letter.html": {"letter", "letters", "entries", "total", "pager"},
    "listing.html": {"kind_label", "cards", "pager", "unreviewed"},
    "groups.html": {"groups", "text"},
    "group.html": {"text", "cards", "total", "pager"},
    "faqs.html": {"letters"},
    "faq_letter.html": {"letter", "letters", "groups", "pager"},
    "search.html": {"shards"},
    "redirect.html": {"target", "target_title", "target_lang"},
    "404.html": set(),
}
CONTRACT["article.html"] = CONTRACT["monograph.html"]
HOST = Config(base_url="https://example.org/med/")


def questions(count: int, words: str = "May I take it") -> tuple[Faq, ...]:
    return tuple(
        Faq(f"faq-{n}", f"{words} {n}?", "", "<p>Yes.</p>", "Yes.", None, "faqs")
        for n in range(count)
    )


@pytest.fixture
def example() -> Site:
    return site(
        record(
            "drugs/alpha.md",
            faqs=questions(2),
            names=(Name("Alphine", "brand"),),
            classes=("Testines",),
            conditions=("Boredom",),
            aliases=("/old/",),
        ),
        record(
            "drugs/beta.md",
            classes=("testine",),
            conditions=("Boredom",),
            review=Review("approved", ("N. N.",), "2025-01-01"),
            dates=Dates(changed="2025-01-01"),
        ),
        record("drugs/refused.md", not_a_monograph=True, faqs=questions(1)),
        record("combinations/ab.md", "Alpha + Beta"),
        record("brands/alphine.md", ingredients=(Ingredient("Alpha"),)),
        record("articles/hold.md", "Do you hold it?"),
        record("pages/about.md"),
    )


def test_every_template_gets_exactly_the_data_of_the_contract(example: Site) -> None:
    for page in planned(example).values():
        if page.template in CONTRACT:
            keys = set(page.data) - {"brand_links"}
            assert keys == CONTRACT[page.template] | {"site", "page"}, page.url
    assert {page.template for page in planned(example).values()} == {
        *CONTRACT,
        "index.schema.json",
        "monograph.json",
        "json",
        "text",
    }


def test_page_data_can_be_digested_and_is_the_same_each_time(example: Site) -> None:
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    assert [encode(page) for page in planned(example).values()] == [
        encode(page) for page in planned(example).values()
    ]


def test_only_pages_at_addresses_of_content_are_not_reserved(example: Site) -> None:
    assert planned(example)
    unreserved = {name for name, kind in PAGE_KINDS.items() if kind.addresses is None}
    assert unreserved == {ENTRY_PAGES, "redirects"}
    with_files = replace(
        example,
        config=dataclasses.replace(HOST, host="nginx"),
        assets=(("theme.css", "/assets/theme.0123.css"),),
        files={"drugs//x.png": Attachment("drugs/x.png", "0" * 32)},
    )
    # This one has pages only for an ingredient of many medicines (see `test_groups`).
    for name in {*PAGE_KINDS} - unreserved - {"containing"}:
        assert list(plan_kind(with_files, name)), name


@pytest.mark.parametrize("addresses", ["/other", "/faqs", "/a-guest|/faqs"])
def test_a_page_kind_with_a_page_outside_its_addresses_is_named(addresses: str) -> None:
    @page_kind("guest", addresses)
    def guest(given: Site) -> Any:
        yield Page("/faqs/index.html", "text", {"text": str(len(given.entries))})

    try:
        with pytest.raises(WrongAddress, match=r"'guest' has a page at '/faqs/index\.html'"):
            planned(site())
    finally:
        PAGE_KINDS.remove("guest")


def test_a_monograph_has_a_page_and_data_beside_it(example: Site) -> None:
    pages = planned(example)
    page, machine = pages["/drugs/alpha/index.html"], pages["/drugs/alpha/index.json"]
    entry = next(entry_ for entry_ in example.entries if entry_.path == "drugs/alpha.md")
    assert page.record == machine.record == entry.record_digest
    assert [card.title for card in page.data["combinations"]] == ["Alpha + Beta"]
    assert [card.title for card in page.data["brands"]] == ["Alphine"]
    assert [(crumb.label, crumb.url) for crumb in page.data["crumbs"]] == [
        ("Home", "/"),
        ("Medicines", "/drugs/"),
        ("Alpha", ""),
    ]
    assert page.data["page"]["url"] == "/drugs/alpha/"
    assert not page.data["page"]["noindex"]
    assert machine.template == "monograph.json"
    assert set(machine.data) == {"url", "ingredients", "disclaimers"}
    assert pages["/articles/hold/index.html"].template == "article.html"
    assert "/articles/hold/index.json" in pages
    assert "/about/index.json" in pages


def test_the_disclaimer_of_the_site_is_shown_if_the_text_has_none() -> None:
    own = record("drugs/a.md", disclaimer=Statement("<p>Own.</p>", "Own.", "text"))
    config = Config(disclaimers=(Disclaimer("Site."),))
    pages = planned(site(own, record("drugs/b.md"), config=config))
    assert pages["/drugs/a/index.html"].data["disclaimers"] == ()
    [statement] = pages["/drugs/b/index.html"].data["disclaimers"]
    assert (statement.text, statement.origin) == ("Site.", "site")


def test_a_file_that_is_no_monograph_gets_a_notice_without_links_to_it(example: Site) -> None:
    pages = planned(example)
    page = pages["/drugs/refused/index.html"]
    assert (page.template, page.data["page"]["noindex"]) == ("page.html", True)
    for url, other in pages.items():
        if not url.startswith("/drugs/refused/"):
            assert "refused" not in msgspec.json.encode(other.data).decode().lower(), url


def test_a_changed_description_does_not_change_related_pages() -> None:
    def build(description: str) -> dict[str, Page]:
        drug = record("drugs/a.md", "A", description=description)
        return planned(
            site(
                drug,
                record("combinations/c.md", "A + B"),
                record("brands/b.md", ingredients=(Ingredient("A"),)),
            )
        )

    before, after = build("One."), build("Two.")
    changed = {url for url in after if before[url] != after[url]}
    assert changed == {"/drugs/a/index.html", "/drugs/a/index.json", "/drugs/index.html"}


def test_letters_and_home(example: Site) -> None:
    pages = planned(example)
    home = pages["/index.html"].data
    assert [(item.label, item.url, item.count) for item in home["letters"] if item.count] == [
        ("A", "/a-z/a/", 4),
        ("B", "/a-z/b/", 1),
    ]
    assert len(home["letters"]) == 26
    assert [(item.label, item.count) for item in home["counts"]] == [
        ("Medicines", 2),
        ("Combinations", 1),
        ("Brands", 1),
        ("Articles", 1),
        ("Classes", 1),
        ("Conditions", 1),
        ("Questions", 2),
    ]
    assert home["notices"][0].startswith("1 of the 5 texts on this site has been approved")
    entries = pages["/a-z/a/index.html"].data["entries"]
    assert [(item.name, item.also) for item in entries] == [
        ("Alpha", False),
        ("Alpha + Beta", False),
        ("Alphine", False),
        ("Alphine", True),
    ]


def test_the_footer_lists_plain_pages_if_they_are_few() -> None:
    few = [record(f"pages/p{n}.md") for n in range(MAX_MENU_PAGES)]
    assert [item.label for item in site(*few).info["pages"]] == [
        f"P{n}" for n in range(MAX_MENU_PAGES)
    ]
    many = site(*few, record("pages/more.md"))
    assert [(item.label, item.url) for item in many.info["pages"]] == [("Pages", "/pages/")]
    assert len(planned(many)["/pages/index.html"].data["cards"]) == MAX_MENU_PAGES + 1


def test_listings_are_paged() -> None:
    pages = planned(
        site(*(record(f"drugs/d{n:03}.md") for n in range(listing.CARDS_PER_PAGE * 2 + 1)))
    )
    first, second, third = (
        pages[f"/drugs/{part}index.html"].data for part in ("", "page-2/", "page-3/")
    )
    assert [len(data["cards"]) for data in (first, second, third)] == [
        listing.CARDS_PER_PAGE,
        listing.CARDS_PER_PAGE,
        1,
    ]
    pager = second["pager"]
    assert (pager.number, pager.count, pager.previous, pager.next) == (
        2,
        3,
        "/drugs/",
        "/drugs/page-3/",
    )
    assert (first["pager"].previous, third["pager"].next) == ("", "")


def test_questions_are_divided_by_size_and_none_is_lost() -> None:
    records = [
        record(f"drugs/a{n}.md", faqs=questions(50, "A rather long question, is it not,"))
        for n in range(60)
    ]
    records.append(record("drugs/ax.md", faqs=questions(3000)))
    pages = planned(site(*records))
    letter = [page for url, page in pages.items() if url.startswith("/faqs/a/")]
    listed = [
        (group.card.url, question.id)
        for page in letter
        for group in page.data["groups"]
        for question in group.questions
    ]
    assert len(listed) == len(set(listed)) == 60 * 50 + 3000
    assert len(letter) > 3
    for page in letter:
        printed = sum(
            len(f'<li><a href="{group.card.url}#{question.id}">{question.question}</a></li>\n')
            for group in page.data["groups"]
            for question in group.questions
        )
        assert printed < faqs.MAX_BYTES
        assert all(group.questions for group in page.data["groups"])


def test_a_page_of_questions_has_not_too_many_medicines() -> None:
    count = faqs.MAX_GROUPS + 1
    pages = planned(site(*(record(f"drugs/a{n:03}.md", faqs=questions(1)) for n in range(count))))
    lengths = [
        len(pages[url].data["groups"])
        for url in ("/faqs/a/index.html", "/faqs/a/page-2/index.html")
    ]
    assert lengths == [faqs.MAX_GROUPS, 1]


def test_search_has_each_name_once_under_its_first_letter() -> None:
    names = (Name("Élan 5-FU", "alternate"), Name("alfa", "misspelling"))
    pages = planned(site(record("drugs/a.md", "β-Alpha", names=names), record("drugs/b.md", "Ωμ")))
    letters = {url: page.data for url, page in pages.items() if url.startswith("/search/names")}
    assert letters.pop("/search/names.json") == {"letters": ["a", "e", "other"]}
    rows = {url: data["drug"] for url, data in letters.items()}
    assert rows == {
        "/search/names-a.json": [
            {"base": "/drugs/", "rows": [["β-Alpha", "a/", ""], ["alfa", "a/", "β-Alpha"]]}
        ],
        "/search/names-e.json": [{"base": "/drugs/", "rows": [["Élan 5-FU", "a/", "β-Alpha"]]}],
        "/search/names-other.json": [{"base": "/drugs/", "rows": [["Ωμ", "b/", ""]]}],
    }
    page = pages["/search/index.html"].data["page"]
    assert (page["noindex"], page["description"]) == (False, "Search Drug monographs by name.")


def test_search_has_only_the_name_where_the_address_follows_from_it() -> None:
    pages = planned(
        site(
            record("drugs/abc-forte.md", "Abc + Forte"),
            record("drugs/aspirin.md", "Aspirin"),
            record("drugs/other.md", "Axin"),
            record("drugs/folicacid-iron.md", "Amino acid + Iron"),
            record("drugs/aminoacid-iron.md", "Amino Acid + Iron"),
        )
    )
    data = pages["/search/names-a.json"].data["drug"][0]
    assert data["base"] == "/drugs/"
    assert {"Abc + Forte", "Aspirin"} < set(map(str, data["rows"]))
    assert ["Amino Acid + Iron", JOINED, ""] in data["rows"]
    assert ["Amino acid + Iron", "folicacid-iron/", ""] in data["rows"]
    assert ["Axin", "other/", ""] in data["rows"]
    assert ["Acetylsalicylic acid", "", "Aspirin"] in data["rows"]


def test_a_site_without_search() -> None:
    pages = planned(site(record("drugs/a.md"), config=Config(search=False)))
    assert not [url for url in pages if url.startswith("/search/")]


def test_redirects_name_their_target(example: Site) -> None:
    page = planned(example)["/old/index.html"]
    assert (page.data["target"], page.data["target_title"]) == ("/drugs/alpha/", "Alpha")
    assert page.data["page"]["noindex"]


def test_canonical_needs_a_host() -> None:
    assert (
        planned(site(record("drugs/a.md")))["/drugs/a/index.html"].data["page"]["canonical"] == ""
    )
    page = planned(site(record("drugs/a.md", permalink="/drugs/ä b/"), config=HOST))[
        "/drugs/ä b/index.html"
    ]
    assert page.data["page"]["canonical"] == "https://example.org/med/drugs/%C3%A4%20b/"
    assert href(HOST, "/drugs/x/") == "/med/drugs/x/"


def test_a_sitemap_needs_a_host_and_leaves_out_import_dates() -> None:
    records = (
        record("drugs/a.md", dates=Dates(imported="2025-09-22T17:22:07Z")),
        record("drugs/b.md", dates=Dates(created="2020-01-01", changed="2024-02-03")),
        record("drugs/c.md", dates=Dates(changed="last week")),
        record("drugs/no.md", not_a_monograph=True),
    )
    without = planned(site(*records))
    assert "/sitemap.xml" not in without
    assert "Sitemap" not in without["/robots.txt"].data["text"]
    pages = planned(site(*records, config=HOST))
    text = pages["/sitemap.xml"].data["text"]
    assert "Sitemap: https://example.org/med/sitemap.xml" in pages["/robots.txt"].data["text"]
    assert re.findall(r"<lastmod>(.*?)</lastmod>", text) == ["2024-02-03"]
    assert "https://example.org/med/drugs/a/" in text
    assert "/drugs/no/" not in text
    for url in re.findall(r"<loc>https://example\.org/med(.*?)</loc>", text):
        assert f"{url}index.html" in pages, "the sitemap names only pages that are there"


def test_a_large_sitemap_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(technical, "MAX_URLS", 10)
    pages = planned(site(*(record(f"drugs/d{n}.md") for n in range(25)), config=HOST))
    parts = [url for url in pages if url.startswith("/sitemap-")]
    assert len(parts) == 3
    for url in parts:
        assert f"<loc>https://example.org/med{url}</loc>" in pages["/sitemap.xml"].data["text"]
        assert pages[url].data["text"].count("<url>") <= 10


def test_assets_have_their_page() -> None:
    pages = planned(site(record("drugs/a.md"), assets={"theme.css": "/assets/theme.0123.css"}))
    assert pages["/assets/theme.0123.css"].data == {"name": "theme.css"}


def test_an_empty_site() -> None:
    example = site()
    assert set(planned(example)) == {
        "/index.html",
        "/404.html",
        "/manifest.webmanifest",
        "/robots.txt",
        "/search/index.html",
    }
    assert not [finding for finding in example.findings if finding.severity is not Severity.INFO]


def test_a_page_kind_can_be_added(example: Site) -> None:
    @page_kind("guest", r"/count\.txt")
    def guest(given: Site) -> Any:
        yield Page("/count.txt", "text", {"text": str(len(given.entries))})

    try:
        with_guest = replace(example, reserved=reserved_addresses())
        assert planned(with_guest)["/count.txt"].data == {"text": "7"}
    finally:
        PAGE_KINDS.remove("guest")
    assert "/count.txt" not in planned(example)


def test_json_of_hostile_titles_is_json(example: Site) -> None:
    title = '</script><b>"x\\'
    build: Callable[..., Monograph] = record
    pages = planned(site(build("drugs/a.md", title)))
    shard = next(page for url, page in pages.items() if url.startswith("/search/names-"))
    assert json.loads(msgspec.json.encode(shard.data))["drug"][0]["rows"][0][0] == title
