"""Each rule's document: faulty examples with what is found in them, and sound ones in which nothing
is."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from cases import Case, cases, findings_of, parameters
from monograph_site.build.load import load
from monograph_site.check.kinds import findings as findings_there_are
from monograph_site.config import Config
from monograph_site.model.finding import FindingKind
from monograph_site.model.source import Source
from monograph_site.rules import rules, site_rules

NAMES = {one.finding.name for one in rules()}
DOCUMENTS = sorted(path for path in Path(__file__).parent.rglob("*.md") if path.stem in NAMES)


@pytest.mark.parametrize("case", parameters(DOCUMENTS))
def test_rule(case: Case) -> None:
    assert case.kind == "findings"
    assert findings_of(case.load(), case.document.stem) == case.expected


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_shows_its_fault_and_a_sound_page(document: Path) -> None:
    found = list(cases(document))
    assert document.read_text(encoding="utf-8").startswith(f"# {document.stem}\n")
    assert any(line.endswith(f" {document.stem}") for case in found for line in case.expected)
    assert any(not case.expected for case in found)
    for case in found:
        assert case.name.startswith("Sound: ") is not bool(case.expected), case.name


def test_every_finding_of_a_rule_has_its_document() -> None:
    assert {document.stem for document in DOCUMENTS} == NAMES


def test_every_document_has_its_rule_in_the_folder_of_its_theme() -> None:
    modules = {one.finding.name: inspect.getmodule(one.check) for one in (*rules(), *site_rules())}
    themes = {name: module.__name__.split(".")[2] for name, module in modules.items() if module}
    folder = Path(__file__).parent
    assert {path.stem: path.parent.name for path in folder.rglob("*.md")} == themes


def test_codes_and_names_are_unique() -> None:
    assert len(findings_there_are()) > 40
    assert all(re.fullmatch(r"[EWI]\d{3}", one.code) for one in findings_there_are())
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.name) for one in findings_there_are())
    numbers = [one.code[1:] for one in findings_there_are()]
    assert numbers == sorted(set(numbers)), "a number is used twice"


@pytest.mark.parametrize("finding", findings_there_are(), ids=lambda one: one.name)
def test_every_finding_has_a_manual(finding: FindingKind) -> None:
    paragraphs = inspect.cleandoc(finding.manual).split("\n\n")
    assert paragraphs[0].split("\n")[0].strip()
    labels = [
        label
        for one in paragraphs
        if (label := re.match(r"(Why it matters|Wrong|Right|How to fix): ", one))
    ]
    assert [label.group(1) for label in labels] == [
        "Why it matters",
        "Wrong",
        "Right",
        "How to fix",
    ]


@pytest.mark.parametrize("word", ["no-section", "E101", "E1", "1"])
def test_what_an_editor_lets_pass_no_longer_keeps_the_page_back(word: str) -> None:
    text = f"---\ntitle: Nothing\nignore: [{word}]\n---\nThere is no medicine of this name.\n"
    loaded = load(Source("drugs/nothing.md", text), Config())
    assert [one.word for one in loaded.ignores] == [word]
    assert loaded.monograph
    assert not loaded.monograph.not_a_monograph
    assert not loaded.monograph.alerts
