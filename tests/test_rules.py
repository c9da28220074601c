"""Each rule's document: faulty examples with what is found in them, and sound ones in which nothing is."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import monograph_site
from cases import Case, cases, findings, parameters
from monograph_site.config import Config
from monograph_site.diagnostics import Finding, Severity
from monograph_site.load import load
from monograph_site.rules import RULES
from monograph_site.text import Source

DOCUMENTS = sorted((Path(__file__).parent / "rules").glob("*.md"))
MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(monograph_site.__path__, "monograph_site.")
    if not info.name.endswith("__main__")
)


def all_findings() -> dict[Finding, set[str]]:
    """Every kind of finding in the package, with the names of the modules that define or import it."""
    found: dict[Finding, set[str]] = {}
    for name in MODULES:
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Finding):
                found.setdefault(value, set()).add(name)
    return found


@pytest.mark.parametrize("case", parameters("rules"))
def test_rule(case: Case) -> None:
    assert case.kind == "findings"
    assert findings(case.load()) == case.expected


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_shows_its_fault_and_a_sound_page(document: Path) -> None:
    found = list(cases(document))
    assert document.read_text(encoding="utf-8").startswith(f"# {document.stem}\n")
    assert any(line.endswith(f" {document.stem}") for case in found for line in case.expected)
    assert any(not case.expected for case in found)
    for case in found:
        assert case.name.startswith("Sound: ") is not bool(case.expected), case.name


def test_every_finding_of_a_rule_has_its_document() -> None:
    load(Source("drugs/x.md", ""), Config())  # the rules are discovered when the first page is read
    rules = {finding.name for finding, names in all_findings().items() if any(".rules." in name for name in names)}
    assert set(RULES) <= rules, "a rule is named after its finding"
    assert rules == {document.stem for document in DOCUMENTS}


def test_codes_and_names_are_unique() -> None:
    found = all_findings()
    assert len(found) > 40
    assert all(re.fullmatch(r"MS\d{3}", finding.code) for finding in found)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", finding.name) for finding in found)
    for what in ("code", "name"):
        values = sorted(getattr(finding, what) for finding in found)
        assert values == sorted(set(values)), f"a {what} is used twice"


def test_every_rule_has_a_manual_page() -> None:
    load(Source("drugs/x.md", ""), Config())
    for name, rule in RULES.items():
        manual = inspect.getdoc(rule) or ""
        assert manual.split("\n")[0].endswith("."), name
        assert re.search(r"^Example: \S", manual, re.MULTILINE), f"the manual of {name} has no example"


@pytest.mark.parametrize("accepted", ["no-section", "MS101"])
def test_what_an_editor_accepts_no_longer_keeps_the_page_back(accepted: str) -> None:
    text = f"---\ntitle: Nothing\naccept: [{accepted}]\n---\nThere is no medicine of this name.\n"
    loaded = load(Source("drugs/nothing.md", text), Config())
    assert [(one.code, one.severity) for one in loaded.diagnostics] == [("MS101", Severity.INFO)]
    assert loaded.monograph
    assert not loaded.monograph.rejected
    assert not loaded.monograph.alerts
