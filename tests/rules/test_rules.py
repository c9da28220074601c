"""The document of each rule about one file: examples with their findings, and sound ones without
any."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from cases import Case, cases, findings_of, parameters
from monograph_site.build.load import load_source
from monograph_site.check.kinds import findings as finding_kinds
from monograph_site.config import Config
from monograph_site.edit.fix import fix_content
from monograph_site.model.finding import Finding, FindingKind
from monograph_site.model.source import Source
from monograph_site.rules import rules, site_rules

NAMES = {rule.finding.name for rule in rules()}
DOCUMENTS = sorted(path for path in Path(__file__).parent.rglob("*.md") if path.stem in NAMES)


@pytest.mark.parametrize("case", parameters(DOCUMENTS))
def test_rule(case: Case) -> None:
    assert case.kind == "findings"
    assert findings_of(case.load(), case.document.stem) == case.expected


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_has_examples_with_and_without_findings(document: Path) -> None:
    examples = list(cases(document))
    assert document.read_text(encoding="utf-8").startswith(f"# {document.stem}\n")
    lines = [line for case in examples for line in case.expected]
    assert any(line.endswith(f" {document.stem}") for line in lines)
    assert any(not case.expected for case in examples)
    for case in examples:
        assert case.name.startswith("Sound: ") is not bool(case.expected), case.name


FIXED = [
    pytest.param(case, id=f"{case.document.stem}: {case.name}")
    for document in DOCUMENTS
    for case in cases(document)
    if case.fixed is not None
]


@pytest.mark.parametrize("case", FIXED)
def test_fix_corrects_what_the_rule_finds(case: Case) -> None:
    def is_wanted(finding: Finding) -> bool:
        return finding.fixable and finding.name == case.document.stem

    content = case.source.encode()
    fixed = fix_content(case.path, content, case.config, is_wanted)
    assert fixed.content.decode() == case.fixed
    assert fixed.fixed.keys() == {case.document.stem}
    again = fix_content(case.path, fixed.content, case.config, is_wanted)
    assert (again.content, again.fixed.total()) == (fixed.content, 0)


def test_every_fixable_rule_shows_what_it_corrects() -> None:
    shown = {case.document.stem for document in DOCUMENTS for case in cases(document) if case.fixed}
    assert shown == {rule.finding.name for rule in rules() if rule.finding.fixable}


def test_every_rule_has_a_document() -> None:
    assert {document.stem for document in DOCUMENTS} == NAMES


def test_every_document_is_in_the_folder_of_its_rule() -> None:
    modules = {
        rule.finding.name: inspect.getmodule(rule.check) for rule in (*rules(), *site_rules())
    }
    themes = {name: module.__name__.split(".")[2] for name, module in modules.items() if module}
    folder = Path(__file__).parent
    assert {path.stem: path.parent.name for path in folder.rglob("*.md")} == themes


def test_codes_and_names_are_unique() -> None:
    assert len(finding_kinds()) > 40
    assert all(re.fullmatch(r"[EWI]\d{3}", kind.code) for kind in finding_kinds())
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.name) for kind in finding_kinds())
    numbers = [kind.code[1:] for kind in finding_kinds()]
    assert numbers == sorted(set(numbers)), "a number is used twice"


@pytest.mark.parametrize("finding", finding_kinds(), ids=lambda kind: kind.name)
def test_every_finding_has_a_manual(finding: FindingKind) -> None:
    paragraphs = inspect.cleandoc(finding.manual).split("\n\n")
    assert paragraphs[0].split("\n")[0].strip()
    labels = [
        label
        for paragraph in paragraphs
        if (label := re.match(r"(Why it matters|Wrong|Right|How to fix): ", paragraph))
    ]
    assert [label.group(1) for label in labels] == [
        "Why it matters",
        "Wrong",
        "Right",
        "How to fix",
    ]


@pytest.mark.parametrize("word", ["no-section", "E101", "E1", "1"])
def test_a_page_whose_editor_suppresses_no_section_is_published_as_a_monograph(word: str) -> None:
    text = f"---\ntitle: Nothing\nignore: [{word}]\n---\nThere is no medicine of this name.\n"
    loaded = load_source(Source("drugs/nothing.md", text), Config())
    assert [ignore.word for ignore in loaded.ignores] == [word]
    assert loaded.monograph
    assert not loaded.monograph.not_a_monograph
    assert not loaded.monograph.alerts
