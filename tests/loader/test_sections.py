"""The words that name sections: each names one, in any spelling people give it."""

from __future__ import annotations

import pytest

from monograph_site.loader.sections import (
    CORE,
    HEADINGS,
    RUNNING,
    WEAK,
    is_clear,
    key_for,
    normalise,
)

NAMED = [(heading, key) for key, headings in HEADINGS.items() for heading in headings]


@pytest.mark.parametrize(("heading", "key"), NAMED)
def test_each_heading_names_its_section(heading: str, key: str) -> None:
    assert normalise(heading) == heading
    for spelling in (
        heading,
        heading.title(),
        heading.upper(),
        f"**{heading}:**",
        f"3. {heading} (in brackets)",
    ):
        assert key_for(spelling) == key, spelling


def test_no_heading_names_two_sections() -> None:
    headings = [heading for heading, _ in NAMED]
    assert sorted(headings) == sorted(set(headings))


def test_the_short_lists_speak_of_the_table() -> None:
    headings = {heading for heading, _ in NAMED}
    assert set(HEADINGS) >= CORE
    assert headings >= RUNNING
    assert not [word for word in WEAK if word not in headings and word not in HEADINGS]


@pytest.mark.parametrize(
    ("heading", "title", "key"),
    [
        ("Uses of Examplin", "Examplin", "uses"),
        ("Examplin: Side Effects", "Examplin", "side_effects"),
        ("How does Examplin work?", "Examplin", "how_it_works"),
        ("What is Examplin used for?", "Examplin", "uses"),
        ("Testol side effects", "Examplin", "side_effects"),
        ("Common Side Effects", "", "side_effects"),
        ("Contraindications and Warnings", "", "contraindications"),
        ("Dosage – Adults", "", "dose"),
        ("⚠️ Warnings", "", "warnings"),
        ("Usage {#use}", "", "uses"),
        ("Dosage of the tablets", "", "dose"),
        ("Side\u00a0Effects", "", "side_effects"),
        ("Where it grows", "", None),
        ("Examplin", "Examplin", None),
        ("Contra indicatons", "", None),
        ("", "", None),
        ("side effects " * 20, "", None),
    ],
)
def test_words_around_a_heading(heading: str, title: str, key: str | None) -> None:
    assert key_for(heading, title) == key


def test_weak_words_start_no_section_inside_another() -> None:
    assert is_clear("Side Effects")
    assert not is_clear("Alcohol")
    assert is_clear("Warning")
    assert not is_clear("Warning", marked=False)
