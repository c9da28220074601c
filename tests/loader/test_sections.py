"""The headings that name sections: each names one, in any usual spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from monograph_site.build import options
from monograph_site.loader.sections import (
    VOCABULARY_FILE,
    is_clear,
    key_for,
    known_spelling,
    normalise,
    read_vocabulary,
    vocabulary,
)


@pytest.mark.parametrize(("heading", "key"), vocabulary().keys.items())
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


def test_a_vocabulary_is_read_line_by_line() -> None:
    words = read_vocabulary(
        "# a comment\n\n[uses] core\nuses\nuse: only as heading\n\n[food]\nfood: only if marked\n"
    )
    assert words.headings == {"uses": ("uses", "use"), "food": ("food",)}
    assert words.keys == {"uses": "uses", "use": "uses", "food": "food"}
    assert (words.core, words.only_as_heading, words.only_if_marked) == (
        {"uses"},
        {"use"},
        {"food"},
    )


@pytest.mark.parametrize(
    "text",
    ["uses\n[uses]\n", "[uses]\nuse\n[food]\nuse\n", "[uses]\nuse: sometimes\n"],
    ids=["no section", "twice", "unknown restriction"],
)
def test_a_wrong_line_of_a_vocabulary_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"sections\.txt:\d: "):
        read_vocabulary(text)


def test_another_vocabulary_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are built again after a change to the vocabulary, as after a change to the code."""
    monkeypatch.setattr(options, "PACKAGE", tmp_path)
    (tmp_path / VOCABULARY_FILE.name).write_text("[uses]\nuses\n")
    before = options.code_digest()
    (tmp_path / VOCABULARY_FILE.name).write_text("[uses]\nuses\nuse\n")
    assert options.code_digest() != before


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


def test_ordinary_labels_start_no_section_inside_another() -> None:
    assert is_clear("Side Effects")
    assert not is_clear("Alcohol")
    assert is_clear("Warning")
    assert not is_clear("Warning", marked=False)


@pytest.mark.parametrize(
    ("heading", "corrected"),
    [
        ("Side Efects", "side effects"),
        ("Sideeffects", "side effects"),
        ("Contra indicatons", "contra indications"),
        ("Side Effects", ""),
        ("Caution", ""),
        ("Nose", ""),
    ],
)
def test_a_misspelt_heading_is_recognised(heading: str, corrected: str) -> None:
    assert known_spelling(heading) == corrected
