"""Rules about English words and ways of writing leave pages in other languages alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from monograph_site.build.load import load_source
from monograph_site.config import Config, Language
from monograph_site.model.source import Source
from monograph_site.rules import rules

ROOT = Path(__file__).resolve().parents[2]
TRAPS = """---
title: Examplin
lang: {lang}
---

## Uses

Se usa 1.0 mg q.d., 5.000 mg o .5 mg BID; 10000 mg; 0,5 mg. See [here](https://example.org/).

It is banned and has been withdrawn. Pregnancy category C. A hypothetical combination.

## Dossage

As provided in the prompt.
"""
ENGLISH_ONLY = (
    "banned-in-text misspelt-heading naked-decimal prompt-residue trailing-zero unclear-link-text"
)


def names(text: str, path: str = "drugs/examplin.md", config: Config | None = None) -> set[str]:
    return {
        finding.name for finding in load_source(Source(path, text), config or Config()).findings
    }


def test_english_findings_are_for_english_pages() -> None:
    in_english = names(TRAPS.format(lang="en"))
    assert {*ENGLISH_ONLY.split()} <= in_english
    assert names(TRAPS.format(lang="en-GB")) == in_english
    only_english = {rule.finding.name for rule in rules() if rule.languages == ("en",)}
    for lang in ("es", "es-MX", "ar"):
        assert not names(TRAPS.format(lang=lang)) & only_english
    spanish_site = Config(language="es")
    assert not names(TRAPS.replace("lang: {lang}\n", ""), config=spanish_site) & only_english


def test_a_translation_of_a_clean_page_is_clean() -> None:
    config = Config(languages={"es": Language()}, optional_rules=("I801", "I802", "I234"))
    text = (ROOT / "content/drugs/paracetamol.es.md").read_text("utf-8")
    loaded = load_source(Source("drugs/paracetamol.es.md", text), config)
    assert loaded.findings == ()
    assert loaded.monograph is not None
    keys = [section.key for section in loaded.monograph.sections]
    assert "other" not in keys
    assert {"uses", "dose", "contraindications", "side_effects", "pregnancy", "overdose"} <= {*keys}


@pytest.mark.parametrize("name", ["ai-residue", "placeholder", "truncated-text", "mixed-scripts"])
def test_what_is_wrong_in_every_language_is_looked_for_in_every_language(name: str) -> None:
    assert next(rule for rule in rules() if rule.finding.name == name).languages == ()


def test_where_headings_are_not_known_no_section_is_missed() -> None:
    text = TRAPS.format(lang="ar").replace("## Uses", "## دواعي الاستعمال")
    loaded = load_source(Source("drugs/examplin.md", text), Config())
    assert not {"unknown-heading", "missing-section"} & {item.name for item in loaded.findings}
    assert loaded.facts.missing_sections == ""
