"""What the bar and the panel show about a page, and that it costs no reading of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monograph_site.build import entries, load, scan
from monograph_site.build.options import Options
from monograph_site.model.finding import Finding
from monograph_site.preview.server.editor_links import EditorLinks
from monograph_site.preview.server.page_info import page_info
from monograph_site.preview.session import Session
from serving import monograph, write

PAGE = "drugs/examplin/index.html"
SOURCE = "drugs/examplin.md"
LINES = {"uses": 6, "dosage": 10, "faqs": 14, "q-is-it-safe": 16}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write(tmp_path / "content", SOURCE, monograph("Examplin"))
    write(tmp_path / "content", "drugs/samplol.md", monograph("Samplol"))
    return tmp_path / "content"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a file is read, parsed and checked by rules."""
    counts: Counter[str] = Counter()

    def counted(module: Any, name: str, label: str) -> None:
        function: Callable[..., Any] = getattr(module, name)

        def call(*arguments: Any) -> Any:
            counts[label] += 1
            return function(*arguments)

        monkeypatch.setattr(module, name, call)

    counted(entries, "read_content", "read")
    counted(scan, "read_content", "read")
    counted(load, "parse", "parsed")
    counted(load, "check", "checked")
    return counts


@pytest.fixture
def session(content: Path) -> Iterator[Session]:
    started = start(content)
    yield started
    started.close()


def start(content: Path) -> Session:
    root = content.parent
    session = Session(
        Options("2025-06-30", content, root / "templates", root / "build", root / "cache")
    )
    session.start()
    return session


def info(session: Session, output: str = PAGE) -> dict[str, Any]:
    links = EditorLinks(session.options.content, "vscode://file/{path}:{line}:{column}")
    return page_info(session, links, output)


def lines(session: Session) -> dict[str, int]:
    return {section["id"]: section["line"] for section in info(session)["sections"]}


def test_a_page_view_reads_no_file(content: Path, calls: Counter[str], session: Session) -> None:
    """Loading reads, parses and checks each file once; looking at its page costs nothing more."""
    once_each = {"read": 2, "parsed": 2, "checked": 2}
    assert calls == once_each
    for _ in range(3):
        assert lines(session) == LINES
    assert calls == once_each
    write(content, SOURCE, "\n" + monograph("Examplin").replace("## Dosage", "\n## Dosage"))
    session.refresh([content / SOURCE])
    assert calls == {"read": 3, "parsed": 3, "checked": 3}
    for _ in range(3):
        assert lines(session)["dosage"] == LINES["dosage"] + 2
    assert calls == {"read": 3, "parsed": 3, "checked": 3}


def test_a_file_from_the_cache_is_read_once_for_all_views(
    content: Path, calls: Counter[str], session: Session
) -> None:
    session.close()
    restarted = start(content)
    assert calls["parsed"] == 2, "nothing is loaded again"
    calls.clear()
    for _ in range(3):
        assert lines(restarted) == LINES
    assert calls == {"read": 1, "parsed": 1, "checked": 1}
    restarted.close()


def test_lines_are_those_of_the_present_file_also_while_it_cannot_be_a_page(
    content: Path, session: Session
) -> None:
    text = monograph("Examplin").replace("title:", "title: Twice\ntitle:")
    write(content, SOURCE, text)
    session.refresh()
    shown = info(session)
    assert shown["shown"]
    assert shown["facts"] == []
    assert [finding["name"] for finding in shown["blocking"]] == ["yaml-duplicate-key"]
    assert lines(session) == {anchor: line + 1 for anchor, line in LINES.items()}
    (content / SOURCE).unlink()
    session.refresh()
    assert info(session)["sections"] == []


def test_facts_and_findings_of_a_page(content: Path, session: Session) -> None:
    assert info(session)["facts"] == ["Medicine", "review not stated"]
    review = "review: {status: approved, by: [Dr Example], on: 2020-01-01}\nprovenance:"
    text = monograph("Examplin", "TODO: write this.").replace("provenance:", review)
    write(content, SOURCE, text)
    session.refresh()
    shown = info(session)
    assert shown["source"] == SOURCE
    assert shown["facts"][1].startswith("approved by Dr Example on 2020-01-01")
    assert "TODO: write this." in [
        finding["before"] + finding["marked"] + finding["after"] for finding in shown["findings"]
    ]
    assert info(session, "drugs/index.html")["source"] == ""
    assert info(session, "drugs/no-such-thing/index.html")["shown"] is False


def test_every_finding_has_its_line(content: Path, session: Session) -> None:
    """Also those that are not made while a content file is loaded: in the settings, in templates,
    about ignores that ignore nothing, about several files together."""
    text = monograph("Samplol").replace("title:", "ignore: [truncated-text]\ntitle:")
    write(content, "drugs/samplol.md", text)
    write(content, "drugs/again.md", monograph("Samplol"))
    write(content, "site.yaml", "severity: {no-such-finding: error}\nignore: {drugs: [W211]}\n")
    syntax, missing = "{% if %}", "{{ no.such.name }}"
    write(content.parent / "templates", "letters.html", f"one\n{syntax}\n")
    write(content.parent / "templates", "404.html", f"one\n{missing}\n")
    session.refresh()
    session.answer("404.html")
    findings = session.findings()
    in_lines = {finding.excerpt for finding in findings}
    assert {syntax, missing} <= in_lines
    assert "ignore: [truncated-text]" in in_lines
    assert "ignore: {drugs: [W211]}" in in_lines
    assert "title: Samplol" in in_lines
    assert [finding for finding in findings if finding.path and not finding.excerpt] == []


def test_the_findings_of_settings_and_templates_are_those_of_the_terminal(
    content: Path, session: Session
) -> None:
    write(content.parent / "templates", "letters.html", "one\n{% if %}\n")
    change = session.refresh()
    new: tuple[Finding, ...] = change.new_findings
    assert [finding.excerpt for finding in new] == ["{% if %}"]
    assert set(new) <= set(session.findings())
