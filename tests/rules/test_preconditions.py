"""A rule that first asks whether a page can have what it looks for finds what it finds without
asking."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cases import cases
from formularies import SHARED_NAMES
from monograph_site.build.load import read_draft
from monograph_site.config import Config
from monograph_site.loader.draft import Draft
from monograph_site.model.source import Source
from monograph_site.rules import rules, rules_about
from monograph_site.rules.text import foreign_script, invisible_character
from monograph_site.source.decode import decode

SAMPLE = 6
"""One of so many files of the formularies is read."""
Found = list[tuple[Any, ...]]


class AllOf(frozenset[str]):
    """The words of a page, which says of any word that the page has it."""

    def __contains__(self, word: object) -> bool:
        return True

    def isdisjoint(self, words: Iterable[object]) -> bool:
        return False

    def issuperset(self, words: Iterable[object]) -> bool:
        return True

    def __ge__(self, words: object) -> bool:
        return True

    def intersection(self, *words: Iterable[object]) -> frozenset[Any]:
        return frozenset(words[0])


def differences(source: Source, config: Config) -> list[str]:
    """The rules that find something else where nothing is asked first."""
    asking, not_asking = (read_draft(source, config)[0] for _ in range(2))
    not_asking.__dict__["words"] = AllOf(not_asking.words)
    every_rule = tuple(rule.finding.name for rule in rules())
    asked = {rule.finding.name for rule in rules_about(asking, every_rule)}
    language = asking.language.partition("-")[0].lower()

    def found(rule: Any, draft: Draft) -> Found:
        return [tuple(problem) for problem in rule.check(draft)]

    return [
        rule.finding.name
        for rule in rules()
        if not rule.languages or language in rule.languages
        if found(rule, not_asking) != (found(rule, asking) if rule.finding.name in asked else [])
    ]


def test_what_is_asked_first_hides_no_finding_in_the_examples_of_the_rules() -> None:
    seen = 0
    names = {rule.finding.name for rule in rules()}
    for document in sorted(Path(__file__).parent.rglob("*.md")):
        if document.stem not in names:
            continue
        for case in cases(document):
            source, _ = decode(case.path, case.source.encode(), 1_000_000)
            if source is not None:
                seen += 1
                assert (case.name, differences(source, case.config)) == (case.name, [])
    assert seen > 300


@pytest.mark.parametrize("name", SHARED_NAMES)
def test_what_is_asked_first_hides_no_finding_in_a_formulary(shared: Path, name: str) -> None:
    files = sorted((shared / "corpus" / name).rglob("*.md"))[::SAMPLE]
    assert len(files) > 100
    for file in files:
        source, _ = decode(f"drugs/{file.name}", file.read_bytes(), 1_000_000)
        assert source is not None
        assert (file.name, differences(source, Config())) == (file.name, [])


def test_characters_that_are_asked_for_are_those_that_are_looked_for() -> None:
    letters = re.compile(f"[{foreign_script._LETTERS}]")
    for character in map(chr, range(sys.maxunicode + 1)):
        assert bool(letters.match(character)) == foreign_script._is_letter(character)
        is_found = bool(invisible_character._INVISIBLE.match(character))
        assert is_found == (character in invisible_character._CHARACTERS)
