"""Data for machines: valid, true, and only what the source states."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from monograph_site.config import Config, Publisher
from monograph_site.model.monograph import (
    Alert,
    Dates,
    Faq,
    Ingredient,
    Monograph,
    Name,
    Product,
    Provenance,
    Reference,
    Review,
    Section,
    Status,
)
from monograph_site.render.json_ld import MAX_TEXT, json_ld, website_json_ld
from records import planned, record, site

# The properties that schema.org 30 has for the types, as far as we use them; none of Drug's comes
# from Product.
THING = {"@type", "name", "description", "url", "alternateName", "identifier"}
VALID = {
    "MedicalWebPage": THING
    | set(
        (
            "@context inLanguage isPartOf publisher citation author datePublished dateModified "
            "about mainEntity"
        ).split()
    )
    | {
        "breadcrumb",
        "dateCreated",
        "lastReviewed",
        "reviewedBy",
        "medicalAudience",
        "digitalSourceType",
    },
    "Drug": THING
    | set(
        (
            "activeIngredient availableStrength dosageForm legalStatus nonProprietaryName "
            "proprietaryName"
        ).split()
    )
    | set(
        (
            "isProprietary mechanismOfAction clinicalPharmacology warning pregnancyWarning "
            "breastfeedingWarning"
        ).split()
    )
    | {"overdosage", "foodWarning", "alcoholWarning"}
    | {"doseSchedule", "maximumIntake", "administrationRoute", "interactingDrug"},
    "DoseSchedule": THING | {"doseValue", "doseUnit", "frequency", "targetPopulation"},
    "MaximumDoseSchedule": THING | {"doseValue", "doseUnit", "frequency", "targetPopulation"},
    "QualitativeValue": THING,
    "DrugStrength": THING | {"activeIngredient", "strengthValue", "strengthUnit"},
    "DrugLegalStatus": THING | {"applicableLocation"},
    "CreativeWork": THING | {"publisher", "datePublished"},
    "MedicalAudience": THING | {"audienceType"},
    "WebSite": THING,
    "Organization": THING,
    "Person": THING | {"honorificPrefix", "honorificSuffix", "jobTitle"},
    "BreadcrumbList": {"@type", "itemListElement"},
    "ListItem": {"@type", "position", "name", "item"},
    "AdministrativeArea": THING,
}
CONFIG = Config(
    title="A site",
    base_url="https://example.org/",
    publisher=Publisher("We", "https://example.org/we"),
)


def section(key: str, text: str, subject: str | None = None) -> Section:
    return Section(key, key.capitalize(), key, subject, f"<p>{text}</p>", text)


def full(**more: Any) -> Monograph:
    fields: dict[str, Any] = {
        "names": (
            Name("alphamab", "generic"),
            Name("ABC1", "alternate"),
            Name("Alphine", "brand"),
            Name("x", "misspelling"),
        ),
        "ingredients": (
            Ingredient("Alpha", strength="2.50 mg"),
            Ingredient("Beta", strength="one drop"),
        ),
        "product": Product("Maker", "5 mg", "tablet", "10", "INR 120.50"),
        "status": Status("banned", "harm", "IN", "GSR 1"),
        "review": Review("approved", ("A. Reviewer",), "2025-01-02", "2026-01-02"),
        "dates": Dates("2020-01-01", "2024-02-03", "2025-09-22T17:22:07Z"),
        "audience": "professional",
        "authors": ("An Author",),
        "sections": (
            section("how_it_works", "Binds\nthings."),
            section("warnings", "Careful."),
            section("contraindications", "Not if allergic."),
            section("pregnancy", "x" * (MAX_TEXT + 1)),
            section("overdose", "First."),
            section("overdose", "Second."),
        ),
        "references": (
            Reference("ref-1", 1, "l", "Label", "FDA", "label", "javascript:alert(1)", "2025-01"),
            Reference("ref-2", 2, "m", "", url="https://example.org/m", published="spring"),
        ),
        **more,
    }
    return record("drugs/alpha.md", **fields)


def data_of(monograph: Monograph) -> dict[str, Any]:
    pages = planned(site(monograph, config=CONFIG))
    return next(
        page.data for url, page in pages.items() if page.record and url.endswith("index.html")
    )


def ld(monograph: Monograph) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(json_ld(monograph, data_of(monograph), CONFIG))
    check(values)
    return values


def check(value: Any) -> None:
    """Every thing has only properties that its type has, and none is empty."""
    if isinstance(value, list):
        for item in value:
            check(item)
    elif isinstance(value, dict):
        assert set(value) <= VALID[value["@type"]], set(value) - VALID[value["@type"]]
        for item in value.values():
            assert item not in ("", None, [], {})
            check(item)


def test_the_page_and_its_drug() -> None:
    values = ld(full())
    assert (values["@type"], values["url"]) == (
        "MedicalWebPage",
        "https://example.org/drugs/alpha/",
    )
    assert values["publisher"] == {
        "@type": "Organization",
        "name": "We",
        "url": "https://example.org/we",
    }
    assert (values["dateCreated"], values["dateModified"], values["lastReviewed"]) == (
        "2020-01-01",
        "2024-02-03",
        "2025-01-02",
    )
    assert values["medicalAudience"] == {"@type": "MedicalAudience", "audienceType": "Clinician"}
    drug = values["mainEntity"]
    assert (drug["nonProprietaryName"], drug["alternateName"], drug["proprietaryName"]) == (
        "alphamab",
        "ABC1",
        "Alphine",
    )
    assert drug["activeIngredient"] == ["Alpha", "Beta"]
    assert drug["availableStrength"] == {
        "@type": "DrugStrength",
        "activeIngredient": "Alpha",
        "strengthValue": 2.5,
        "strengthUnit": "mg",
    }
    assert drug["legalStatus"]["applicableLocation"]["name"] == "IN"


def test_the_kind_of_supply_and_the_schedule_are_legal_status_too() -> None:
    status = Status("approved", jurisdiction="GB", supply="rx", schedule="CD2")
    drug = ld(full(status=status, product=Product(routes=("oral", "rectal"))))["mainEntity"]
    assert [item["name"] for item in drug["legalStatus"]] == ["approved", "rx", "CD2"]
    assert {item["applicableLocation"]["name"] for item in drug["legalStatus"]} == {"GB"}
    assert drug["administrationRoute"] == ["oral", "rectal"]


def test_texts_stand_whole_or_not_at_all() -> None:
    drug = ld(full())["mainEntity"]
    assert (drug["mechanismOfAction"], drug["warning"]) == ("Binds things.", "Careful.")
    assert "pregnancyWarning" not in drug, "too long, and nothing is cut"
    assert "overdosage" not in drug, "two sections: one alone would be half the truth"
    has_errors = full(alerts=(Alert("fault", "The text breaks off", ""),))
    assert "warning" not in ld(has_errors)["mainEntity"]
    several = full(sections=(section("warnings", "Careful.", "Alpha"),))
    assert "warning" not in ld(several)["mainEntity"]


def test_nothing_that_is_not_true_for_certain() -> None:
    quiet = ld(
        record(
            "drugs/a.md", dates=Dates(imported="2025-09-22T17:22:07Z"), review=Review("not_stated")
        )
    )
    assert set(quiet) == set(
        "@context @type url name description inLanguage isPartOf publisher breadcrumb mainEntity".split()
    )
    assert quiet["mainEntity"] == {"@type": "Drug", "name": "A"}
    draft = ld(full(review=Review("in_review", ("A. Reviewer",), "2025-01-02")))
    assert not {"lastReviewed", "reviewedBy"} & set(draft)
    assert "FAQPage" not in json.dumps(
        ld(full(faqs=(Faq("a", "Q?", "Q?", "<p>A.</p>", "A.", None, "x"),)))
    )


@pytest.mark.parametrize("origin", ["human", "ai_assisted", "crowd", "ai_or_crowd", "imported"])
def test_a_digital_source_only_where_it_is_certain(origin: str) -> None:
    assert "digitalSourceType" not in ld(full(provenance=Provenance(origin)))
    assert "digitalSourceType" in ld(full(provenance=Provenance("ai_generated")))


def test_the_way_to_the_page() -> None:
    items = ld(full())["breadcrumb"]["itemListElement"]
    assert [(item["position"], item["name"], item["item"]) for item in items] == [
        (1, "Home", "https://example.org/"),
        (2, "Medicines", "https://example.org/drugs/"),
        (3, "Alpha", "https://example.org/drugs/alpha/"),
    ]


def test_only_a_stated_day_of_publication_is_one() -> None:
    assert "datePublished" not in ld(full())
    dates = Dates("2020-01-01", "2024-02-03", publish_from="2024-02-01")
    assert ld(full(dates=dates))["datePublished"] == "2024-02-01"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ada Byron", {"name": "Ada Byron"}),
        ("Byron, Ada", {"name": "Byron, Ada"}),
        ("Ada Byron, MD, FRCP", {"name": "Ada Byron", "honorificSuffix": "MD, FRCP"}),
        ("A. Byron, Pharm.D.", {"name": "A. Byron", "honorificSuffix": "Pharm.D."}),
        ("Ada Byron, MRPharmS PhD", {"name": "Ada Byron", "honorificSuffix": "MRPharmS PhD"}),
        ("Ada Byron, Cardiologist", {"name": "Ada Byron, Cardiologist"}),
        (
            "Prof. Dr. Ada Byron, MD (ward pharmacist)",
            {
                "name": "Ada Byron",
                "honorificPrefix": "Prof. Dr.",
                "honorificSuffix": "MD",
                "jobTitle": "ward pharmacist",
            },
        ),
        ("Dr", {"name": "Dr"}),
    ],
)
def test_a_person_is_apart_from_titles_and_credentials(text: str, parts: dict[str, str]) -> None:
    approved = Review("approved", (text,), "2025-01-02")
    assert ld(full(review=approved))["reviewedBy"] == {"@type": "Person", **parts}


def test_the_home_page_says_how_to_search() -> None:
    def home(config: Config) -> str:
        data = planned(site(full(), config=config))["/index.html"].data
        return website_json_ld(data)

    values = json.loads(home(CONFIG))
    target = values["potentialAction"]["target"]["urlTemplate"]
    assert (values["@type"], values["url"]) == ("WebSite", "https://example.org/")
    assert target == "https://example.org/search/?q={search_term_string}"
    assert "potentialAction" not in json.loads(home(dataclasses.replace(CONFIG, search=False)))
    assert home(Config()) == ""


def test_citations() -> None:
    first, second = ld(full())["citation"]
    assert first == {
        "@type": "CreativeWork",
        "name": "Label",
        "publisher": {"@type": "Organization", "name": "FDA"},
        "datePublished": "2025-01",
    }
    assert second == {"@type": "CreativeWork", "name": "m", "url": "https://example.org/m"}


def test_a_brand_and_an_article() -> None:
    brand = ld(
        record(
            "brands/b.md",
            "Brandine",
            product=Product(strength="500 mg", company="Maker", price="INR 1"),
        )
    )
    assert brand["mainEntity"] == {
        "@type": "Drug",
        "name": "Brandine",
        "proprietaryName": "Brandine",
        "isProprietary": True,
        "availableStrength": {"@type": "DrugStrength", "strengthValue": 500, "strengthUnit": "mg"},
    }
    article = ld(record("articles/a.md", "Hold it?", ingredients=(Ingredient("Alpha"),)))
    assert "mainEntity" not in article
    assert article["about"] == {"@type": "Drug", "name": "Alpha"}


def test_no_text_ends_its_script_element() -> None:
    hostile = full(sections=(section("warnings", "</script><script>alert(1)</script>&amp;\u2028"),))
    text = json_ld(hostile, data_of(hostile), CONFIG)
    assert not set("<>&\u2028") & set(text)
    assert "</script>" in json.loads(text)["mainEntity"]["warning"]
    assert json_ld(record("drugs/a.md", not_a_monograph=True), {}, CONFIG) == ""


@pytest.mark.parametrize(
    "strength", ["1,000 mg", "1/2 tablet", "5-10 mg", "10**6 IU", "5 x 10^6 IU", "< 5 mg"]
)
def test_what_is_no_plain_amount_is_left_out(strength: str) -> None:
    brand = ld(record("brands/b.md", "Brandine", product=Product(strength=strength)))
    assert "availableStrength" not in brand["mainEntity"]
