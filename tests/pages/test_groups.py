"""Lists of medicines: by class, by condition, by ingredient, by letter; and what pages say of others."""

from __future__ import annotations

import pytest

from monograph_site.config import Collection, Config
from monograph_site.model.classification import name_key, plain_name
from monograph_site.model.monograph import Dates, Ingredient, Monograph, Name, Section
from monograph_site.pages._common import MAX_HEIGHT, evenly_divided, line_height
from monograph_site.site.site import MAX_RELATED_LINKS, Count, Link
from records import planned, record, site


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("Antifungal agents", "antifungal", True),
        (
            "Nonsteroidal anti-inflammatory drug (NSAID)",
            "Non-steroidal antiinflammatory drugs",
            True,
        ),
        ("Mood stabilisers", "mood stabilizer", True),
        ("Haematinic", "Hematinic", True),
        ("Beta blocker", "Alpha blocker", False),
        ("CD20 antibodies", "CD20 antibody", True),
        ("Corpus", "Corpu", False),
    ],
)
def test_spellings_of_one_class(name: str, other: str, is_same: bool) -> None:
    assert (name_key(name) == name_key(other)) is is_same


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Type 2 diabetes", "type 2 diabetes"),
        ("Scabies", "scabies"),
        ("Shingles", "shingles"),
        ("Gas", "gas"),
        ("Urinary tract infections", "urinary tract infection"),
        ("Allergies", "allergy"),
        ("Biologics (DMARDs)", "biologic"),
        ("Meningitis", "meningitis"),
        ("Antifungal agents", "antifungal"),
    ],
)
def test_names_in_the_singular(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_classes_and_conditions_with_two_medicines_have_a_page() -> None:
    made = site(
        record("drugs/a.md", "A", classes=("Antifungal agents",), atc=("N02BE01",)),
        record("drugs/b.md", "B", classes=("antifungal",), atc=("N02BA01",), conditions=("Gout",)),
        record("drugs/c.md", "C", classes=("Single class",), conditions=("Gout", "Acne")),
        record("articles/d.md", "Not a medicine", classes=("Single class",)),
    )
    pages = planned(made)
    groups = pages["/by-class/index.html"].data["groups"]
    assert groups == (
        Count("Analgesics (ATC N02)", "/by-class/atc-n02/", 2),
        Count("Antifungal agents", "/by-class/antifungal/", 2),
    )
    page = pages["/by-class/antifungal/index.html"]
    assert [card.title for card in page.data["cards"]] == ["A", "B"]
    assert [crumb.url for crumb in page.data["page"]["crumbs"]] == ["/", "/by-class/", ""]
    assert page.data["page"]["description"]
    assert [group.label for group in pages["/by-condition/index.html"].data["groups"]] == ["Gout"]
    related = pages["/drugs/c/index.html"].data["related"]
    assert related["classes"] == (Link("Single class", None),)
    assert related["conditions"] == (Link("Gout", "/by-condition/gout/"), Link("Acne", None))
    assert related["class_page"] is None


def test_what_a_page_says_of_others() -> None:
    made = site(
        record("drugs/amiloride.md", "Amiloride"),
        record("drugs/amlodipine.md", "Amlodipine (oral)"),
        record("articles/q.md", "Is amiloride safe?"),
        record("articles/r.md", "Is samplol safe?"),
    )
    related = planned(made)["/drugs/amiloride/index.html"].data["related"]
    assert [card.title for card in related["look_alikes"]] == ["Amlodipine (oral)"]
    assert [card.path for card in related["articles"]] == ["articles/q.md"]


def many_combinations() -> list[Monograph]:
    return [
        record(f"combinations/c{number:02}.md", f"Zinc + Other {number:02}")
        for number in range(MAX_RELATED_LINKS + 1)
    ]


def test_a_long_list_of_combinations_has_a_page_of_its_own() -> None:
    few, *_ = many = many_combinations()
    drug = record("drugs/zinc.md", "Zinc")
    assert "/containing/drugs/zinc/index.html" not in planned(site(drug, few))
    pages = planned(site(drug, *many))
    data = pages["/drugs/zinc/index.html"].data
    assert len(data["combinations"]) == MAX_RELATED_LINKS
    whole = Count("Zinc", "/containing/drugs/zinc/", len(many))
    assert data["related"]["whole_list"] == whole
    assert len(pages["/containing/drugs/zinc/index.html"].data["cards"]) == len(many)
    assert pages[f"/combinations/{few.slug}/index.html"].data["related"]["containing"] == (whole,)


def test_a_letter_with_many_names_has_several_pages_with_ranges() -> None:
    names = [f"Ce{letter}{number:03}" for letter in "afpt" for number in range(100)]
    pages = planned(site(*(record(f"drugs/{name.lower()}.md", name) for name in names)))
    urls = [url for url in pages if url.startswith("/a-z/c/")]
    assert urls == [f"/a-z/c/{part}index.html" for part in ("", "page-2/", "page-3/")]
    data = [pages[url].data for url in urls]
    assert [entry.name for part in data for entry in part["entries"]] == sorted(names)
    assert {part["total"] for part in data} == {400}
    assert [item.label for item in data[0]["pager"].pages] == ["Cea–Cef", "Cef–Cep", "Cep–Cet"]
    assert "Cef–Cep" in data[1]["page"]["description"]


def test_pages_of_lists_are_even_and_not_too_high() -> None:
    names = ["x" * (1 + number % 150) for number in range(1000)]
    heights = [line_height(name) for name in names]
    pages = evenly_divided(names, heights)
    of_pages = [sum(map(line_height, page)) for page in pages]
    assert [name for page in pages for name in page] == names
    assert max(of_pages) <= MAX_HEIGHT + 200
    assert min(of_pages) >= max(of_pages) - 400
    assert evenly_divided([], []) == [[]]


def test_a_list_says_once_that_no_text_is_reviewed() -> None:
    made = site(record("drugs/a.md"), record("drugs/b.md"))
    data = planned(made)["/drugs/index.html"].data
    assert data["unreviewed"] is True
    assert [card.badges for card in data["cards"]] == [(), ()]


def test_brand_names_are_links_in_any_spelling() -> None:
    brands = tuple(Name(f"brand-{n:02}", "brand") for n in range(20))
    drug = record("drugs/a.md", names=(*brands, Name("Unknown", "brand")))
    contains = {"ingredients": (Ingredient("A"),)}
    products = (record(f"brands/b{n}.md", title=f"Brand {n:02}", **contains) for n in range(20))
    links = planned(site(drug, *products))["/drugs/a/index.html"].data["brand_links"]
    assert links == {f"brand-{n:02}": f"/brands/b{n}/" for n in range(20)}


def test_lists_call_an_article_by_its_question() -> None:
    question = Section("question", "Question", "article-question", None, "<p>May I?</p>", "May I?")
    uses = Section("uses", "Uses", "uses", None, "<p>Pain.</p>", "Pain.")
    asked = record("articles/a.md", title="Zebras", sections=(question, uses))
    made = site(asked, record("articles/b.md", title="Nausea"))
    pages = planned(made)
    for url in ("/articles/index.html", "/index.html"):
        data = pages[url].data
        cards = data.get("cards") or data["articles"]
        assert [card.title for card in cards] == ["May I?", "Nausea"]
    assert pages["/articles/a/index.html"].data["page"]["title"] == "Zebras"


def test_recent_changes_need_dates_that_differ() -> None:
    def updated(*days: str) -> list[tuple[str, str]]:
        made = site(
            *(record(f"drugs/d{n}.md", dates=Dates(changed=day)) for n, day in enumerate(days))
        )
        items = planned(made)["/index.html"].data["updated"]
        return [(item.card.path, item.day) for item in items]

    assert updated("2025-01-01", "", "2025-03-01") == [
        ("drugs/d2.md", "2025-03-01"),
        ("drugs/d0.md", "2025-01-01"),
    ]
    assert updated("2025-01-01", "2025-01-01") == []


def test_the_menu_marks_the_list_of_a_page_whatever_its_address() -> None:
    config = Config(
        collections={
            "drugs": Collection("drug", "/medicine/{slug}/"),
            "brands": Collection("brand", "/drugs/brand/{slug}/"),
        }
    )
    made = site(
        record("drugs/a.md"), record("brands/b.md", ingredients=(Ingredient("A"),)), config=config
    )
    current = {
        url: page.data["page"]["current"]
        for url, page in planned(made).items()
        if "page" in page.data
    }
    assert current["/medicine/a/index.html"] == "/drugs/"
    assert current["/drugs/brand/b/index.html"] == "/brands/"
    assert current["/a-z/a/index.html"] == "/a-z/"
    assert current["/index.html"] == ""
