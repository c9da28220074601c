"""Front matter, typed: what is accepted, and the findings on the rest."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from helpers import processor_limit
from monograph_site.model.finding import Finding, Severity
from monograph_site.model.monograph import (
    Dates,
    Ingredient,
    Name,
    Product,
    Provenance,
    Review,
    Status,
)
from monograph_site.model.source import Source, Span
from monograph_site.source.front_matter import FrontMatter, read_front_matter
from monograph_site.source.schema import FaqText, Fields, read_fields
from monograph_site.source.schema_conversion import fields_of
from monograph_site.source.schema_front import FrontForm

LABEL = """
id: ofatumumab
kind: substance
title: Ofatumumab
names: {inn: ofatumumab, synonyms: [OMB157, NO], misspellings: [ofatumumub], tall_man: ofaTUMumab}
brands: [kesimpta, {name: Arzerra, company: Novartis, country: CH}]
classes: [{scheme: atc, code: L04AG12}, anti-cd20-antibodies]
status:
  - {jurisdiction: US, state: approved, supply: rx, reference: "BLA 125326", source: label-us}
provenance: {origin: ai_generated, on: 2025-01-20}
audience: both
review: {status: submitted, interval: 12 months}
sources:
  - {key: label-us, type: label, title: Kesimpta prescribing information, organisation: FDA, accessed: 2026-11-01}
"""


def check(yaml: str) -> tuple[Fields, tuple[Finding, ...]]:
    source = Source("x.md", f"---\n{yaml.strip()}\n---\n\nBody\n")
    front = read_front_matter(source)
    assert front.findings == ()
    return read_fields(front, source)


def fields_without_findings(yaml: str) -> Fields:
    fields, findings = check(yaml)
    assert findings == ()
    return fields


def only_finding(yaml: str) -> Finding:
    _, findings = check(yaml)
    assert len(findings) == 1, findings
    return findings[0]


def test_a_whole_monograph() -> None:
    fields = fields_without_findings(LABEL)
    assert (fields.id, fields.kind, fields.title, fields.audience) == (
        "ofatumumab",
        "drug",
        "Ofatumumab",
        "both",
    )
    assert fields.names == (
        Name("ofatumumab", "generic"),
        Name("OMB157", "alternate"),
        Name("NO", "alternate"),
        Name("kesimpta", "brand"),
        Name("Arzerra", "brand"),
        Name("ofatumumub", "misspelling"),
    )
    assert fields.status == Status("approved", "", "US", "BLA 125326", "rx")
    assert fields.provenance == Provenance("ai_generated", on="2025-01-20")
    assert fields.review == Review("submitted")
    assert fields.review_interval == "12 months"
    (reference,) = fields.references
    assert (reference.id, reference.number, reference.key, reference.type) == (
        "ref-1",
        1,
        "label-us",
        "label",
    )
    assert (reference.organisation, reference.accessed) == ("FDA", "2026-11-01")
    assert (fields.classes, fields.atc) == (("anti-cd20-antibodies",), ("L04AG12",))
    assert dict(fields.extra) == {
        "Names: tall man": "ofaTUMumab",
        "Review interval": "12 months",
        "Brand Arzerra": "Novartis, CH",
        "Status: source": "label-us",
    }


def test_every_field_of_the_form_is_read() -> None:
    """A field that is only added to the form would vanish: its value is no longer among the keys
    without a field, which are shown as they are."""
    names: set[str] = set()

    class Watched(FrontForm):
        def __getattribute__(self, name: str) -> Any:
            names.add(name)
            return super().__getattribute__(name)

    form = Watched.model_validate({})
    names.clear()
    fields_of(form, FrontMatter({}, "", 1))
    assert FrontForm.model_fields.keys() <= names


def test_what_is_not_stated_is_empty() -> None:
    assert (
        fields_without_findings(
            "layout: minimal-medicine\nnav_exclude: true\nnav_order: 3\nparent: X\nhas_children: false"
        )
        == Fields()
    )
    for key in FrontForm.known_keys():
        assert (
            fields_without_findings(f"{key}:") == fields_without_findings(f"{key}: ~") == Fields()
        )
    assert (
        fields_without_findings(
            "ingredients: []\ntitle: ''\ndate: ''\nreview: {status: draft, by: , on: }"
        ).review
        == Review()
    )


def test_an_imported_file() -> None:
    fields = fields_without_findings(
        "title: X\ndescription: >-\n  One\n  two ...\nis_banned: false\n"
        "lastModified: '2025-09-22T17:21:52.338Z'\nfaqs:\n"
        "  - q: >-\n      What?**\n\n\n      **A:** This.\n    a: 'A:** This.'\n"
        "  - question: Why?\n    answer:\n"
    )
    assert fields.description == "One two ..."
    assert fields.is_banned is False
    assert fields.status is None
    assert fields.dates == Dates(imported="2025-09-22T17:21:52.338Z")
    assert fields.faqs == (
        FaqText("What?**\n\n**A:** This.", "A:** This.", Span(9, 5)),
        FaqText("Why?", "", Span(15, 5)),
    )


def test_a_brand() -> None:
    fields = fields_without_findings(
        "manufacturer: Novartis\nform: Injection\npack_size: 010\nstrength: {value: 20, unit: mg, per: 0.4 mL}\n"
        "price: 120.5\ncurrency: inr\ngeneric_slug: ofatumumab\ncombination_slug: a-b"
    )
    assert fields.product == Product(
        "Novartis", "20 mg/0.4 mL", "Injection", "010", "INR 120.50", "ofatumumab", "a-b"
    )


@pytest.mark.parametrize(
    ("yaml", "status", "extra"),
    [
        ("legal_category: POM\ndea_schedule: C-IV", Status(supply="POM", schedule="C-IV"), {}),
        (
            "status: [{state: approved, supply: rx, jurisdiction: GB}]\nsupply: otc\nschedule: 4",
            Status("approved", "", "GB", "", "rx", "4"),
            {"Legal status": "otc"},
        ),
        ("is_banned: true\nschedule: X", Status("banned", schedule="X"), {}),
    ],
)
def test_supply_and_schedule(yaml: str, status: Status, extra: dict[str, str]) -> None:
    fields = fields_without_findings(yaml)
    assert (fields.status, dict(fields.extra)) == (status, extra)


@pytest.mark.parametrize(
    ("yaml", "price"),
    [
        ("price: 120.50\ncurrency: INR", "INR 120.50"),
        ("price: 120\ncurrency: INR", "INR 120"),
        ("price: {amount: '1,200.125', currency: usd}", "USD 1200.125"),
        ("price: INR 120.50", "INR 120.50"),
        ("price: 120.50 INR", "INR 120.50"),
        ("price: ₹ 5", "INR 5"),
        ("price: 'INR 1,20,000.50'", "INR 120000.50"),
    ],
)
def test_prices(yaml: str, price: str) -> None:
    fields = fields_without_findings(yaml)
    assert fields.product.price == price
    assert fields.extra == ()


def test_a_price_without_currency_is_shown_as_stated_and_reported() -> None:
    fields, findings = check("price: 120.50")
    assert fields.product.price == ""
    assert fields.extra == (("Price", "120.50"),)
    assert [(finding.code, finding.span, finding.blocks_page) for finding in findings] == [
        ("W023", Span(2, 8), False)
    ]


@pytest.mark.parametrize(
    ("yaml", "status"),
    [
        ("status: banned", Status("banned")),
        ("status: {state: withdrawn, reason: toxic}", Status("withdrawn", "toxic")),
        ("is_banned: yes\nban_reason: toxic", Status("banned", "toxic")),
        ("status: Banned\nban_reason: toxic", Status("banned", "toxic")),
        (
            "status: [{state: approved, jurisdiction: US}, {state: banned, jurisdiction: IN}]",
            Status("banned", "", "IN"),
        ),
        ("status: approved\nis_banned: true", Status("banned")),
        ("is_banned: false", None),
    ],
)
def test_status_forms_and_the_worst_of_them(yaml: str, status: Status | None) -> None:
    assert fields_without_findings(yaml).status == status


def test_every_status_is_kept() -> None:
    fields = fields_without_findings(
        "status: [{state: approved, jurisdiction: US}, {state: banned, jurisdiction: IN}]\nban_reason: liver"
    )
    assert fields.status == Status("banned", "liver", "IN")
    assert fields.extra == (("Status", "approved, US"),)
    assert fields_without_findings("ban_reason: liver").extra == (("Ban reason", "liver"),)


def test_ingredients_people_and_addresses() -> None:
    fields = fields_without_findings(
        "ingredients: [Paracetamol, {ref: caffeine, strength: 30 mg}, {name: X, strength: {value: 500, unit: mg}}]\n"
        "authors: [A. Author, {name: B, credentials: MD, role: editor}]\n"
        "review: {status: in review, by: C, on: 2025-01-20, next_due: 2026-01-20}\n"
        "aliases: /old/\nredirect_from: [/older/, /old/]\nignore: E101"
    )
    assert fields.ingredients == (
        Ingredient("Paracetamol"),
        Ingredient("caffeine", "caffeine", "30 mg"),
        Ingredient("X", "", "500 mg"),
    )
    assert fields.authors == ("A. Author", "B, MD (editor)")
    assert fields.review == Review("in_review", ("C",), "2025-01-20", "2026-01-20")
    assert (fields.aliases, [ignore.word for ignore in fields.ignore]) == (
        ("/old/", "/older/"),
        ["E101"],
    )


def test_references() -> None:
    fields = fields_without_findings(
        "sources:\n  - A title\n"
        "  - {doi: 'https://doi.org/10.1/x', title: T, edition: 2nd, evidence: 5, published: Spring 2021}\n"
        "references:\n"
        "  - {pmid: 123, url: https://a.example, key: k, evidence: {scheme: ocebm, level: 1}, accessed: 2021-03}"
    )
    assert [r.number for r in fields.references] == [1, 2, 3]
    first, second, third = fields.references
    assert (first.title, first.key, first.url) == ("A title", "1", "")
    assert (second.title, second.url, second.evidence) == ("T, 2nd", "https://doi.org/10.1/x", "5")
    assert second.published == "Spring 2021"
    assert (third.title, third.url) == (
        "https://a.example https://pubmed.ncbi.nlm.nih.gov/123/",
        "https://a.example",
    )
    assert (third.key, third.evidence, third.accessed) == ("k", "1 (ocebm)", "2021-03")


@pytest.mark.parametrize(
    ("yaml", "created"),
    [
        ("date: 2025-01-20", "2025-01-20"),
        ("dates: {created: '2025-01-20'}", "2025-01-20"),
        ("date: 2025-01-20 10:00:00 +0530", "2025-01-20T10:00:00+0530"),
        ("date: 2025-01-20\ndates: {created: 2024-01-01}", "2024-01-01"),
    ],
)
def test_dates(yaml: str, created: str) -> None:
    assert fields_without_findings(yaml).dates == Dates(created=created)


def test_articles_and_alerts() -> None:
    fields = fields_without_findings(
        "kind: Article\nquestion: Hold it?\nrecommendation: |\n  **Yes**\n\n  really\n"
        "audience: [professional, patient]\nalerts:\n"
        "  - {level: Boxed, heading: H, text: T}\n  - Some *text*\n"
        "provenance: AI-generated\ndisclaimer: D"
    )
    assert (fields.kind, fields.question, fields.recommendation) == (
        "article",
        "Hold it?",
        "**Yes**\n\nreally",
    )
    assert (fields.audience, fields.provenance) == ("both", Provenance("ai_generated"))
    assert [(a.level, a.heading, a.text, a.span) for a in fields.alerts] == [
        ("boxed", "H", "T", Span(10, 5)),
        ("safety", "", "Some *text*", Span(11, 5)),
    ]
    assert fields.disclaimer == "D"


@pytest.mark.parametrize(
    ("yaml", "line", "column", "words"),
    [
        ("is_banned: maybe", 2, 12, "is_banned: must be true or false, not 'maybe'."),
        ("status: baned", 2, 9, "Did you mean 'banned'?"),
        ("status:\n  - state: withdrawen\n    reason: x", 3, 12, "Did you mean 'withdrawn'?"),
        ("review: {status: aproved}", 2, 18, "Did you mean 'approved'?"),
        ("alerts: [{level: recal, text: x}]", 2, 18, "Did you mean 'recall'?"),
        ("provenance: ai_genrated", 2, 13, "Did you mean 'ai_generated'?"),
    ],
)
def test_a_misspelt_ban_or_review_blocks_the_page(
    yaml: str, line: int, column: int, words: str
) -> None:
    finding = only_finding(yaml)
    assert (finding.code, finding.severity, finding.blocks_page) == ("E020", Severity.ERROR, True)
    assert finding.span == Span(line, column)
    assert words in str(finding)


@pytest.mark.parametrize(
    ("yaml", "place", "words", "extra"),
    [
        ("title: [a]", (2, 8), "title: the value is not understood", [("Title", "a")]),
        ("title: true", (2, 8), "Put it in quotes", [("Title", "yes")]),
        ("audience: doctors", (2, 11), "write 'patient', 'professional' or 'both'", [("Audience", "doctors")]),
        ("kind: drgu", (2, 7), "Did you mean 'drug'?", [("Kind", "drgu")]),
        ("kind: Cardiology", (2, 7), "write 'drug', 'combination'", [("Kind", "Cardiology")]),
        ("names:\n  synonyms:\n    - a\n    - [b]", (5, 7), "", [("Names: synonyms", "a; b")]),
        ("names: true", (2, 8), "Write the keys below it", [("Names", "yes")]),
        ("status: Published", (2, 9), "write 'approved', 'unapproved'", [("Status", "Published")]),
        ("status:\n  - state: ok\n    reason: x", (3, 12), "", [("Status: state", "ok"), ("Status", "Reason: x")]),
        ("status: {reason: x}", (2, 9), "Add 'state'", [("Status", "Reason: x")]),
        ("review: {status: draft, interval: often}", (2, 35), "or '3 years'", [("Review: interval", "often")]),
        ("date: 2025-13-01", (2, 7), "Write it as YYYY-MM-DD", [("Date", "2025-13-01")]),
        ("date: 2025-W01-1", (2, 7), "", [("Date", "2025-W01-1")]),
        ("dates: {changed: 12/01/2026, created: 2026-01-02}", (2, 18), "", [("Dates: changed", "12/01/2026")]),
        ("lastModified: yesterday", (2, 15), "", [("Last Modified", "yesterday")]),
        ("sources: [{title: x, accessed: 1 May}]", (2, 32), "", [("Sources: accessed", "1 May")]),
        ("sources: [{key: a}]", (2, 11), "Add one of them.", [("Sources", "Key: a")]),
        ("sources:\n  - {title: x, url: 'javascript:x'}", (3, 21), "", [("Sources: url", "javascript:x")]),
        ("ingredients: [{strength: 5 mg}]", (2, 15), "Add one of them.", [("Ingredients", "Strength: 5 mg")]),
        ("price: free", (2, 8), "Write a number", [("Price", "free")]),
        ("price: 120,50 EUR", (2, 8), "", [("Price", "120,50 EUR")]),
        ("price: {amount: -5, currency: INR}", (2, 8), "", [("Price", "Amount: -5, Currency: INR")]),
        ("faqs: [what]", (2, 8), "", [("Faqs", "what")]),
        ("provenance: Copied from a book.", (2, 13), "", [("Provenance", "Copied from a book.")]),
        ("authors: [{role: x}]", (2, 11), "Add 'name'.", [("Authors", "Role: x")]),
        ("reviewed: true", (2, 11), "", [("Reviewed", "yes")]),
    ],
)  # fmt: skip
def test_a_value_of_another_tool_is_shown_under_its_own_name(
    yaml: str, place: tuple[int, int], words: str, extra: list[tuple[str, str]]
) -> None:
    fields, findings = check(yaml)
    assert [(finding.code, finding.span, finding.blocks_page) for finding in findings] == [
        ("W029", Span(*place), False)
    ]
    assert words in str(findings[0])
    assert list(fields.extra) == extra


def test_the_rest_of_a_mapping_with_a_foreign_value_is_read() -> None:
    fields, _ = check("dates: {changed: 12/01/2026, created: 2026-01-02}")
    assert fields.dates == Dates(created="2026-01-02")
    fields, _ = check("sources: [{title: x, accessed: 1 May}, {title: y}]")
    assert [reference.title for reference in fields.references] == ["x", "y"]


def test_foreign_values_of_one_key_have_one_text() -> None:
    """So that a folder full of them is told once."""
    texts = {
        (finding.message, finding.hint)
        for value in ("summer 2020", "Q3", "12/01/2026")
        for finding in check(f"date: {value}")[1]
    }
    assert len(texts) == 1


def test_all_findings_at_once_and_the_rest_is_read() -> None:
    fields, findings = check(
        "title: X\nkind: drog\nis_banned: maybe\ndate: soon\nsources: [{title: [x]}, {url: x}]\nid: x"
    )
    assert [finding.span.line for finding in findings] == [3, 4, 5, 6, 6]
    assert (fields.title, fields.id, fields.kind, fields.references) == ("X", "x", "", ())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("16-05-2023", "2023-05-16"),
        ("31/01/2025", "2025-01-31"),
        ("1/31/2025", "2025-01-31"),
        ("05.05.2023", "2023-05-05"),
        ("2023/5/6", "2023-05-06"),
        ("6 May 2023", "2023-05-06"),
        ("6th of May", ""),
        ("May 6th, 2023", "2023-05-06"),
        ("Sat, 6 May 2023", "2023-05-06"),
        ("06-Sept-2023", "2023-09-06"),
        ("12/01/2026", ""),
        ("31/13/2025", ""),
        ("30 February 2025", ""),
        ("Maybe 3 2025", ""),
    ],
)
def test_a_date_that_can_only_mean_one_day_is_read(text: str, date: str) -> None:
    fields, findings = check(f"date: {text!r}")
    assert (fields.dates.created, bool(findings)) == (date, not date)


@pytest.mark.parametrize(
    ("yaml", "review"),
    [
        ("reviewed_by: A. Nurse", Review("stated", ("A. Nurse",))),
        ("reviewer: [A, B]\nlastReviewed: 2024-05-06", Review("stated", ("A", "B"), "2024-05-06")),
        ("review: {reviewer: A nurse}", Review("stated", ("A nurse",))),
        ("review: {date: 6 May 2024, next: 2026-05-06}", Review("stated", (), "2024-05-06", "2026-05-06")),
        ("review: approved\nreviewed_by: A\nreviewed_on: 2024-05-06", Review("approved", ("A",), "2024-05-06")),
        ("next_review: 2030-01-01", Review("not_stated", next_due="2030-01-01")),
        ("review_in: 6 months", None),
    ],
)  # fmt: skip
def test_a_review_under_the_usual_keys(yaml: str, review: Review | None) -> None:
    assert fields_without_findings(yaml).review == review


def test_the_usual_keys_of_a_review_that_say_the_same_again_are_shown() -> None:
    fields = fields_without_findings(
        "review: {status: draft, by: A, on: 2024-01-02}\nreviewer: B\nreviewed_on: 2023-01-02\nreview_in: 1 year"
    )
    assert (fields.review, fields.review_interval) == (
        Review("draft", ("A",), "2024-01-02"),
        "1 year",
    )
    assert fields.extra == (("Reviewed by", "B"), ("Reviewed on", "2023-01-02"))


@pytest.mark.parametrize(
    ("yaml", "line", "column", "meant"),
    [
        ("titel: X", 2, 1, "'title'"),
        ("lnag: en", 2, 1, "'lang'"),
        ("isBanned: true", 2, 1, "'is_banned'"),
        ("Title: X", 2, 1, "'title'"),
        ("last-modified: X", 2, 1, "'lastModified'"),
        ("names: {inn: x, synonym: y}", 2, 17, "'synonyms'"),
        ("sources:\n  - title: x\n    acessed: y", 4, 5, "'accessed'"),
        ("review: {status: draft, next_du: x}", 2, 25, "'next_due'"),
    ],
)
def test_misspelt_keys(yaml: str, line: int, column: int, meant: str) -> None:
    fields, findings = check(yaml)
    assert [(finding.code, finding.severity, finding.span) for finding in findings] == [
        ("W021", Severity.WARNING, Span(line, column))
    ]
    assert f"Did you mean {meant}?" in str(findings[0])
    assert len(fields.extra) == 1  # and still shown


@pytest.mark.parametrize("key", ["editor", "category", "type", "redirect_to", "under_review"])
def test_a_key_of_another_program_is_not_taken_for_a_misspelt_one(key: str) -> None:
    fields, findings = check(f"{key}: x")
    assert (len(findings), len(fields.extra)) == (0, 1)


def test_own_keys_are_kept_without_a_finding() -> None:
    fields = fields_without_findings(
        "licence: CC0\nshelfLife: {months: 36, cold: true, note: }\ntags: [a, b]\nfunding: \nx: {y: [z]}"
    )
    assert fields.extra == (
        ("Licence", "CC0"),
        ("Shelf Life", "Months: 36, Cold: yes"),
        ("Tags", "a, b"),
        ("X", "Y: z"),
    )


@pytest.mark.parametrize(
    ("yaml", "code", "column"),
    [
        ("is_banned: false\nstatus: banned", "W022", 12),
        ("currency: USD\nprice: INR 5", "W022", 11),
    ],
)
def test_contradictions(yaml: str, code: str, column: int) -> None:
    finding = only_finding(yaml)
    assert (finding.code, finding.severity, finding.span) == (
        code,
        Severity.WARNING,
        Span(2, column),
    )


def test_two_sources_of_one_key() -> None:
    finding = only_finding(
        "sources: [{key: a, title: x}, {title: y}, {title: z}]\nreferences: [{title: w, key: a}]"
    )
    assert (finding.code, finding.blocks_page, finding.span) == ("E024", True, Span(3, 30))


SHAPES: tuple[Any, ...] = (
    None, True, False, "", "x", "2025-01-20", [], {}, [None], [[]], [{}], [True], ["x", ["y"]], {"": ""}, {"name": [1]},
    {"state": ["x"]}, {"amount": {}}, {"value": [1]}, {"level": {}}, {"q": {}, "a": []}, ["patient", {}], [{"key": {}}],
    {"origin": None}, {"by": [{}]}, "\x00", "9" * 5000, "\u202e",
)  # fmt: skip


@pytest.mark.parametrize("key", sorted(FrontForm.known_keys()))
def test_no_shape_of_value_is_an_exception(key: str) -> None:
    source = Source("x.md", "---\nx: y\n---\n")
    for shape in SHAPES:
        fields, findings = read_fields(FrontMatter({key: shape}, "", 3), source)
        assert isinstance(fields, Fields)
        assert all(finding.path == "x.md" for finding in findings)


def test_no_mix_of_values_is_an_exception() -> None:
    source, pick = Source("x.md", ""), random.Random(1)
    keys = [*sorted(FrontForm.known_keys()), "zzz"]
    blocks_page = 0
    for _ in range(300):
        data = {key: pick.choice(SHAPES) for key in pick.sample(keys, 12)}
        blocks_page += any(
            finding.blocks_page for finding in read_fields(FrontMatter(data, "", 1), source)[1]
        )
    assert 0 < blocks_page <= 300


def test_the_corpus_is_typed_quickly_and_without_a_finding(shared: Path) -> None:
    files = sorted((shared / "corpus").glob("*/**/*.md"))
    sources = [Source(file.name, file.read_text(encoding="utf-8")) for file in files]
    fields_without_findings(
        "title: pydantic is imported and its forms are built before the clock starts"
    )
    with processor_limit(3):  # about 0.6 s here; three times the 1 s it may take
        results = [read_fields(read_front_matter(source), source) for source in sources]
    assert [findings for _, findings in results if findings] == []
    assert all(fields.title and not fields.extra for fields, _ in results)
    assert sum(len(fields.faqs) for fields, _ in results) == sum(
        s.text.count("\n  - q: ") for s in sources
    )
    assert {bool(fields.dates.imported) for fields, _ in results} == {True, False}


def test_keys_in_the_case_of_scripts_and_ids_of_machines() -> None:
    fields = fields_without_findings(
        "genericName: Examplinum\nbrandName: Examplo\ndrugClass: Opioid\nuid: 7\n_id: 0a\n"
        "packSize: 10\nsidebar_position: 3\nalsoKnownAs: [Testin]"
    )
    assert fields.names == (
        Name("Examplinum", "generic"),
        Name("Testin", "alternate"),
        Name("Examplo", "brand"),
    )
    assert fields.product.pack_size == "10"
    assert fields.classes == ("Opioid",)
    assert fields.extra == ()


@pytest.mark.parametrize(
    "yaml",
    [
        "review: {rating: 5, verdict: good}",
        "review: {author: A, title: Good}",
        "names: {generic_name: X, brand: Y}",
        "dates: {published: 2024-01-01, lastModified: 2024-01-02}",
        "strength: {mg: 5}",
    ],
)
def test_a_mapping_of_another_tool_has_no_unknown_keys(yaml: str) -> None:
    """Only beside a key of this tool is another one a mistake; one that is known at the top of front
    matter never is."""
    fields, findings = check(yaml)
    assert [finding.code for finding in findings if finding.code == "W021"] == []
    assert fields.extra


def test_an_unknown_key_beside_known_ones_is_reported() -> None:
    _, findings = check("review: {status: draft, colour: red}")
    assert [(finding.code, finding.span) for finding in findings] == [("W021", Span(2, 25))]


def test_a_wrong_atc_code_is_found_at_its_place() -> None:
    finding = only_finding("title: X\ncodes:\n  atc: [N02BE01, X12]")
    assert finding.span == Span(4, 8)
    assert (finding.code, finding.hint) == ("W029", "Write it like 'N02BE01' or 'N02'.")
