"""The index.json of a file has what a careful reader found in it: sections, questions, answers,
closing notes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import SHARED
from formularies import OWN, Formularies

KEYS = {
    "usage": "uses",
    "generic_name": "names",
    "alternate_names": "names",
    "dosage": "dose",
    "drug_interactions": "interactions",
    "pregnancy_breastfeeding": "pregnancy",
    "drug_profile_summary": "summary",
    "popular_combinations": "combinations",
    "precautions": "warnings",
}
"""The words of the readers' list -> the keys of the record."""
NOT_COUNTED = frozenset({"preamble", "other"})
"""Sections that the readers' list does not have."""


def read(path: Path) -> list[Any]:
    if not path.exists():
        return []
    return [
        pytest.param(entry, id=entry["path"].removeprefix("corpus/"))
        for entry in json.loads(path.read_bytes())
    ]


def test_there_is_gold() -> None:
    assert len(read(OWN / "gold.json")) == 10
    if SHARED.is_dir():
        assert len(read(SHARED / "gold" / "gold.json")) == 30


@pytest.mark.parametrize("gold", [*read(OWN / "gold.json"), *read(SHARED / "gold" / "gold.json")])
def test_gold(formulary: Formularies, gold: dict[str, Any]) -> None:
    name, _, path = gold["path"].removeprefix("corpus/").partition("/")
    record = formulary(name).records[path]

    assert record["title"] == gold["title"]
    keys = (section["key"] for section in record["sections"] if section["key"] not in NOT_COUNTED)
    assert [*dict.fromkeys(keys)] == [
        *dict.fromkeys(KEYS.get(key, key) for key in gold["sections"])
    ]
    assert (record["disclaimer_origin"] == "text") is gold["disclaimer_present"]
    assert (record["note"] is not None) is gold["note_present"]

    assert [spaced(faq["question"]) for faq in record["faqs"]] == [
        spaced(faq["q"]) for faq in gold["faqs"]
    ]
    for faq, expected in zip(record["faqs"], gold["faqs"], strict=True):
        answer = spaced(faq["answer_text"])
        assert answer.startswith(spaced(expected.get("a_startswith", ""))), faq["question"]
        assert answer.endswith(spaced(expected.get("a_endswith", ""))), faq["question"]
        assert "**" not in answer
        assert "**" not in faq["answer_html"]
        assert not answer.lower().startswith(("a:", "answer:", ":"))
        unwanted = gold.get("answers_must_not_contain")
        assert not unwanted or unwanted not in answer


def spaced(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())
