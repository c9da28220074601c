"""Typed doses, side effects, interactions and prices on the page, in index.json and in JSON-LD."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.build.pipeline import build

TYPED = """\
---
title: Examplin
sources: [{key: label, title: Examplin label}]
doses:
  - indication: Pain
    population: Adults
    route: oral
    dose: 500 mg to 1 g
    frequency: every 6 hours
    maximum: 4 g a day
    duration: 3 days
    note: With water.
    citation: label
  - {indication: Fever, route: intravenous, dose: {min: 10, max: 15, unit: mg/kg}, colour: blue}
side_effects:
  - {effect: Headache, frequency: common, note: It passes.}
  - {effect: Rash, frequency: rare, serious: true, seriousness: life-threatening}
  - {effect: Nausea, frequency: very common (20 %)}
  - Dry mouth
interactions:
  - {with: Testol, severity: minor, effect: Sleepier., management: Do not drive.}
  - {with: samplol, severity: major, effect: Bleeding., citation: [label]}
prices:
  - {region: India, currency: INR, amount: 12.50, pack: 10 tablets, date: 2026-01-31}
  - {region: US, amount: USD 3}
---
## Uses

For pain.

## Side effects

Most people have none.

## Pregnancy

Ask first.
"""
SAMPLOL = "---\ntitle: Samplol\n---\n## Uses\n\nFor pain.\n\n## Dose\n\n5 mg.\n"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tables")
    (root / "content/drugs").mkdir(parents=True)
    (root / "content/drugs/examplin.md").write_text(TYPED, encoding="utf-8")
    (root / "content/drugs/samplol.md").write_text(SAMPLOL, encoding="utf-8")
    parts = ("content", "templates", "build", "cache")
    options = Options("2026-06-30", *(root / part for part in parts))
    assert build(options).published
    return options.output


@pytest.fixture(scope="module")
def page(output: Path) -> str:
    return (output / "drugs/examplin/index.html").read_text("utf-8")


def test_each_table_is_in_the_section_that_is_about_it(page: str) -> None:
    keys = re.findall(r'data-key="(\w+)"', page)
    assert keys == ["uses", "dose", "side_effects", "interactions", "pregnancy", "prices"]
    sections = page.split('<section class="part"')
    side_effects = next(part for part in sections if 'data-key="side_effects"' in part)
    assert side_effects.index("<table") < side_effects.index("Most people have none.")
    contents = re.findall(r'<li><a href="#([\w-]+)">', page)
    assert contents[: len(keys)] == "uses dose side-effects interactions pregnancy prices".split()


def test_serious_and_frequent_side_effects_come_first(page: str) -> None:
    order = [
        "Serious side effects",
        "Rash",
        "Other side effects",
        "Nausea",
        "Headache",
        "Dry mouth",
    ]
    places = [page.rindex(f">{word}<") for word in order]
    assert places == sorted(places)


def test_an_interaction_links_to_the_page_of_its_medicine(page: str) -> None:
    cards = re.findall(r"<li class=\"interaction [^>]*>\s*<h3>(.*?)</h3>", page, re.DOTALL)
    assert [re.sub(r"\s+", " ", card) for card in cards] == [
        '<a href="/drugs/samplol/">samplol</a> <span class="badge badge-red">Severe</span>',
        'Testol <span class="badge">Mild</span>',
    ]


@pytest.mark.parametrize(
    "text",
    "500 mg to 1 g|4 g a day|every 6 hours, 3 days|With water.|10–15 mg/kg|life-threatening|It passes."
    "|Do not drive.|INR 12.50|10 tablets|31 January 2026|USD 3|Doses 2: colour|blue".split("|"),
)
def test_everything_that_is_stated_is_shown(page: str, text: str) -> None:
    assert text in page


def test_a_citation_leads_to_its_reference(page: str) -> None:
    assert page.count('href="#ref-1" aria-label="Reference 1">1</a>') == 2


def test_an_empty_column_is_left_out(page: str) -> None:
    dose_table = page[page.index('aria-label="Doses"') :]
    heads = re.findall(r'<th scope="col">([^<]+)<', dose_table[: dose_table.index("</thead>")])
    assert heads == ["For", "Who", "Route", "Dose", "How often", "Maximum", "Note"]


def test_rows_are_in_index_json(output: Path) -> None:
    data = json.loads((output / "drugs/examplin/index.json").read_text("utf-8"))
    assert data["doses"][1] == {
        "indication": "Fever",
        "population": None,
        "route": "intravenous",
        "dose": {"text": "10–15 mg/kg", "low": 10, "high": 15, "unit": "mg", "per": ["kg"]},
        "frequency": None,
        "maximum": None,
        "duration": None,
        "note": None,
        "citations": [],
    }
    assert [(row["effect"], row["frequency"], row["serious"]) for row in data["side_effects"]] == [
        ("Rash", "rare", True),
        ("Nausea", "very_common", False),
        ("Headache", "common", False),
        ("Dry mouth", None, False),
    ]
    assert [(row["with"], row["url"]) for row in data["interactions"]] == [
        ("samplol", "/drugs/samplol/"),
        ("Testol", None),
    ]
    assert data["prices"][1]["currency"] == "USD"


def test_doses_and_interactions_are_in_json_ld(page: str) -> None:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert match
    drug = json.loads(match[1])["mainEntity"]
    assert drug["doseSchedule"][0] == {
        "@type": "DoseSchedule",
        "doseValue": {"@type": "QualitativeValue", "name": "0.5–1"},
        "doseUnit": "g",
        "frequency": "every 6 hours",
        "targetPopulation": "Adults",
    }
    assert drug["maximumIntake"]["doseUnit"] == "g/day"
    assert drug["administrationRoute"] == ["oral", "intravenous"]
    assert [other["name"] for other in drug["interactingDrug"]] == ["samplol", "Testol"]


def test_lists_of_plain_texts_stay_sections(tmp_path: Path) -> None:
    """As other tools write them: no rows, and the same section as before."""
    text = "---\ntitle: A\nside_effects: [Sleep, Rash]\ninteractions: {severe: Warfarin}\n---\n"
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "content/drugs/a.md").write_text(f"{text}## Uses\n\nPain.\n", encoding="utf-8")
    parts = ("content", "templates", "build", "cache")
    options = Options("2026-06-30", *(tmp_path / part for part in parts))
    build(options)
    data = json.loads((options.output / "drugs/a/index.json").read_text("utf-8"))
    assert data["side_effects"] == data["interactions"] == []
    assert {part["key"]: part["text"] for part in data["sections"]} == {
        "side_effects": "Sleep\nRash",
        "interactions": "Severe: Warfarin",
        "uses": "Pain.",
    }
