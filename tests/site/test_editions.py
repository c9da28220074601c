"""Sites in several languages: addresses, lists, links between translations, findings on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monograph_site.config import Config, Language
from monograph_site.config.addresses import published_address, slug_of
from monograph_site.model.monograph import Dates, Ingredient, Monograph, Name, Review
from monograph_site.model.strings import sort_key
from monograph_site.pages import reserved_addresses
from monograph_site.pages.page import Page
from monograph_site.site.site import Site, Translation
from records import codes, planned, record, site

LANGUAGES = {"es": Language("Monografías", "Sobre medicamentos"), "ar": Language()}
CONFIG = Config(title="Monographs", base_url="https://example.org/m/", languages=LANGUAGES)


def spanish(path: str, title: str = "", **fields: Any) -> Monograph:
    return record(path, title, **{"lang": "es", **fields})


def made(*monographs: Monograph, config: Config = CONFIG) -> Site:
    return site(*monographs, config=config)


def page_data(pages: dict[str, Page], url: str) -> dict[str, Any]:
    data: dict[str, Any] = pages[f"{url}index.html"].data
    return data


@pytest.mark.parametrize(
    ("path", "language", "neutral"),
    [
        ("drugs/x.md", "", "drugs/x.md"),
        ("es/drugs/x.md", "es", "drugs/x.md"),
        ("drugs/x.es.md", "es", "drugs/x.md"),
        ("en/drugs/x.md", "en", "drugs/x.md"),
        ("es/index.md", "es", "index.md"),
        ("index.es.md", "es", "index.md"),
        ("fr/x.md", "", "fr/x.md"),
        ("drugs/x.fr.md", "", "drugs/x.fr.md"),
        ("es.md", "", "es.md"),
        ("drugs/.es.md", "", "drugs/.es.md"),
        ("drugs/es/x.md", "", "drugs/es/x.md"),
    ],
)
def test_a_path_states_a_language(path: str, language: str, neutral: str) -> None:
    config = Config(languages={"en": Language(), "es": Language()})
    assert config.split_path(path) == (language, neutral)
    assert Config().split_path(path) == ("", path)


@pytest.mark.parametrize(
    ("path", "lang", "url"),
    [
        ("drugs/x.md", "", "/drugs/x/"),
        ("es/drugs/x.md", "", "/es/drugs/x/"),
        ("drugs/x.es.md", "", "/es/drugs/x/"),
        ("drugs/x.md", "es", "/es/drugs/x/"),
        ("drugs/x.md", "es-MX", "/es/drugs/x/"),
        ("drugs/x.md", "fr", "/drugs/x/"),
        ("drugs/x.md", "en", "/drugs/x/"),
        ("es/pages/about.md", "", "/es/about/"),
        ("es/index.md", "", "/es/"),
        ("es/drugs/index.md", "", "/es/drugs/"),
        ("old/drugs/x.es.md", "", "/es/o/drugs/x/"),
        ("es/old/drugs/x.md", "", "/es/o/drugs/x/"),
    ],
)
def test_the_default_language_keeps_its_addresses(path: str, lang: str, url: str) -> None:
    config = replace(CONFIG, namespaces={"old": "/o/"})
    assert config.url_for(path, slug_of(path, config), language=lang) == url
    assert config.url_for(path, "x", "/own/", language=lang) == "/own/"
    assert config.kind_for("es/drugs/x.md") == config.kind_for("drugs/x.es.md") == "drug"


def test_a_link_to_a_file_leads_to_the_page_in_its_language() -> None:
    config = replace(CONFIG, base_url="/")
    assert published_address("y.es.md", "drugs/x.es.md", config) == "/es/drugs/y/"
    assert published_address("../drugs/y.md", "es/drugs/x.md", config) == "/es/drugs/y/"


def test_each_language_has_its_own_lists_and_words() -> None:
    planned_pages = planned(
        made(
            record("drugs/paracetamol.md"),
            record("pages/about.md", "About"),
            spanish("es/drugs/paracetamol.md", names=(Name("Acetaminofén", "alternate"),)),
            spanish("drugs/acido-folico.es.md", "Ácido fólico"),
            spanish("es/pages/acerca.md", "Acerca"),
        )
    )
    assert "/ar/index.html" not in planned_pages
    english, own = (page_data(planned_pages, url) for url in ("/", "/es/"))
    assert (own["page"]["title"], own["page"]["lang"]) == ("Monografías", "es")
    assert own["page"]["description"] == "Sobre medicamentos"
    assert [(item.label, item.url) for item in own["site"]["nav"]] == [
        ("Medicamentos", "/es/drugs/"), ("De la A a la Z", "/es/a-z/"),
    ]  # fmt: skip
    assert [item.url for item in own["site"]["pages"]] == ["/es/acerca/"]
    assert [item.url for item in english["site"]["pages"]] == ["/about/"]
    letters = {item.label: item.count for item in own["letters"] if item.count}
    assert letters == {"A": 2, "P": 1}
    assert {item.label for item in english["letters"] if item.count} == {"P"}
    cards = page_data(planned_pages, "/es/drugs/")["cards"]
    assert [(card.title, card.lang) for card in cards] == [
        ("Ácido fólico", ""),
        ("Paracetamol", ""),
    ]
    assert [card.url for card in page_data(planned_pages, "/drugs/")["cards"]] == [
        "/drugs/paracetamol/"
    ]
    assert planned_pages["/es/search/names-p.json"].data["drug"][0]["base"] == "/es/drugs/"
    assert planned_pages["/search/names-p.json"].data["drug"][0]["base"] == "/drugs/"
    crumbs = page_data(planned_pages, "/es/drugs/paracetamol/")["crumbs"]
    assert [crumb.label for crumb in crumbs] == ["Inicio", "Medicamentos", "Paracetamol"]


def test_translations_are_linked() -> None:
    pages = planned(
        made(
            record("drugs/paracetamol.md"),
            record("drugs/ibuprofen.md"),
            record("drugs/aspirin.md"),
            record("es/drugs/paracetamol.md", lang="es"),
            spanish("drugs/i.es.md", slug="ibuprofeno", translation_of="ibuprofen"),
            record("ar/drugs/x.md", lang="ar", translation_of="../../es/drugs/paracetamol.md"),
        )
    )
    address = "https://example.org/m"
    alternates = page_data(pages, "/es/drugs/paracetamol/")["page"]["alternates"]
    assert alternates == (
        Translation("en", f"{address}/drugs/paracetamol/"),
        Translation("es", f"{address}/es/drugs/paracetamol/"),
        Translation("ar", f"{address}/ar/drugs/x/"),
        Translation("x-default", f"{address}/drugs/paracetamol/"),
    )
    assert page_data(pages, "/drugs/paracetamol/")["page"]["alternates"] == alternates
    switch = page_data(pages, "/drugs/ibuprofen/")["page"]["switch"]
    assert switch == (
        ("en", "English", ""),
        ("es", "Español", "/es/drugs/ibuprofeno/"),
        ("ar", "العربية", "/ar/"),
    )
    alone = page_data(pages, "/drugs/aspirin/")["page"]
    assert alone["alternates"] == ()
    assert [item.url for item in alone["switch"]] == ["", "/es/", "/ar/"]
    assert [item.url for item in page_data(pages, "/es/a-z/")["page"]["switch"]] == [
        "/",
        "",
        "/ar/",
    ]
    homes = page_data(pages, "/es/")["page"]
    assert [page.url for page in homes["alternates"]] == [
        f"{address}/", f"{address}/es/", f"{address}/ar/", f"{address}/",
    ]  # fmt: skip
    sitemap = pages["/sitemap.xml"].data["text"]
    link = f'<xhtml:link rel="alternate" hreflang="es" href="{address}/es/drugs/ibuprofeno/"/>'
    assert sitemap.count(link) == 2
    assert f"<loc>{address}/es/a-z/</loc>" in sitemap


def test_a_site_in_one_language_says_nothing_of_languages() -> None:
    config = replace(CONFIG, languages={})
    result = made(record("drugs/x.md"), record("es/drugs/x.md", lang="es"), config=config)
    pages = planned(result)
    assert not result.editions
    for page in pages.values():
        assert not page.data.get("page", {}).get("switch")
        assert not page.data.get("page", {}).get("alternates")
    assert "xhtml" not in pages["/sitemap.xml"].data["text"]


def test_names_mean_pages_in_the_same_language_first() -> None:
    result = made(
        record("combinations/a-b.md", "A + B"),
        record("drugs/a.md"),
        record("drugs/b.md"),
        spanish("es/combinations/a-b.md", "A + B", ingredients=(Ingredient("A"), Ingredient("B"))),
        spanish("es/drugs/a.md"),
    )
    assert codes(result) == []
    ingredients = result.related["es/combinations/a-b.md"].ingredients
    assert [link.url for link in ingredients] == ["/es/drugs/a/", "/drugs/b/"]
    of_english = result.related["drugs/b.md"].combinations
    assert [card.url for card in of_english] == ["/combinations/a-b/"]
    of_spanish = result.related["es/drugs/a.md"].combinations
    assert [(card.url, card.lang) for card in of_spanish] == [("/es/combinations/a-b/", "")]


def test_the_addresses_of_lists_are_reserved_in_each_language() -> None:
    reserved = reserved_addresses(CONFIG)
    assert reserved.page_kind_at("/es/a-z/b/") == reserved.page_kind_at("/a-z/b/") == "letters"
    assert reserved.page_kind_at("/es/") == "home"
    assert reserved.page_kind_at("/fr/a-z/") == ""
    assert codes(made(spanish("es/a-z.md"))) == [("es/a-z.md", "W431")]


@pytest.mark.parametrize(
    ("monographs", "expected"),
    [
        ([record("drugs/x.md"), spanish("es/drugs/y.md", translation_of="z")], ("es/drugs/y.md", "W427")),
        ([record("drugs/x.md"), record("drugs/y.md", translation_of="x")], ("drugs/y.md", "W427")),
        ([record("drugs/x.md"), spanish("es/drugs/x.md"), spanish("drugs/x.es.md", "Otro", permalink="/o/")],
         ("es/drugs/x.md", "W428")),
        ([record("drugs/x.md", dates=Dates(changed="2025-05-01")),
          spanish("es/drugs/x.md", dates=Dates(changed="2025-04-30"))], ("es/drugs/x.md", "W429")),
        ([record("drugs/x.md", dates=Dates(changed="2025-01-01"), review=Review("approved", ("Dr",), "2025-05-01")),
          spanish("es/drugs/x.md", dates=Dates(changed="2025-04-30"))], ("es/drugs/x.md", "W429")),
    ],
)  # fmt: skip
def test_findings_on_translations(monographs: list[Monograph], expected: tuple[str, str]) -> None:
    assert codes(made(*monographs)) == [expected]


def test_a_translation_as_new_as_its_original_is_not_outdated() -> None:
    dates = (("2025-05-01", "2025-05-01"), ("2025-05-01", ""), ("", "2025-05-01"))
    for original, own in dates:
        result = made(
            record("drugs/x.md", dates=Dates(changed=original)),
            spanish("es/drugs/x.md", dates=Dates(changed=own)),
        )
        assert codes(result) == []


def test_two_pages_that_name_each_other_are_one_text() -> None:
    result = made(
        record("drugs/x.md", translation_of="y"), spanish("es/drugs/y.md", translation_of="x")
    )
    assert codes(result) == []
    assert {page.language for page in result.translations["drugs/x.md"]} == {"en", "es"}


def test_names_are_in_the_order_of_the_language() -> None:
    titles = ("Zinc", "Ácido", "Nuez", "Ñandú", "Acebo", "Nácar", "Óxido", "Orégano")
    result = made(*(spanish(f"es/drugs/{number}.md", title) for number, title in enumerate(titles)))
    listed = [entry.title for entry in result.edition("es").listed("drug")]
    assert listed == ["Acebo", "Ácido", "Nácar", "Nuez", "Ñandú", "Orégano", "Óxido", "Zinc"]
    assert [line.name for line in result.edition("es").names["n"]] == ["Nácar", "Nuez", "Ñandú"]
    swedish = sorted(("Ö", "Z", "Ä", "A", "Å"), key=lambda name: sort_key(name, "sv"))
    assert swedish == ["A", "Z", "Å", "Ä", "Ö"]
    assert sort_key("Éx", "en") == "éx"


@pytest.mark.parametrize("path", ["index.es.md", "es/index.md", "_index.es.md"])
def test_the_page_of_the_top_folder_introduces_the_front_page_of_its_language(path: str) -> None:
    result = made(record("_index.md", "Home"), spanish(path, "Inicio"), record("drugs/a.md"))
    assert {url: entry.title for url, entry in result.intros.items()} == {
        "/": "Home",
        "/es/": "Inicio",
    }
    assert codes(result) == codes(made(record("_index.md", "Home"), record("drugs/a.md")))
