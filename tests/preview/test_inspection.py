"""The number of findings follows every edit, and looking for all of them reads changed files only."""

from __future__ import annotations

from pathlib import Path

import pytest

from monograph_site.build.entries import Loader
from monograph_site.build.options import Options
from monograph_site.model.source import Source
from monograph_site.preview.session import Session

PAGES = 6


def page(number: int, text: str = "") -> str:
    """A page of a combination with an ingredient that no page has, which the last page misspells."""
    return f"---\ntitle: Examplin {number} + Testol\n---\n## Uses\n\nFor pain.\n{text}"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "content/combinations").mkdir(parents=True)
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "content/drugs/testoll.md").write_text(
        "---\ntitle: Testoll\n---\n## Uses\n\nPain.\n"
    )
    for number in range(PAGES):
        path_of(tmp_path, number).write_text(page(number))
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    session = Session(Options("2025-06-30", *folders, jobs=1))
    session.start()
    session.wait_until_loaded()
    return session


def path_of(root: Path, number: int) -> Path:
    return root / f"content/combinations/x{number}.md"


def test_the_total_is_unknown_until_all_files_have_been_compared(session: Session) -> None:
    assert session.last_inspection.total is None
    assert len(session.findings()) == session.last_inspection.total


def test_the_total_follows_an_edit_without_comparing_all_files(
    session: Session, tmp_path: Path
) -> None:
    before = len(session.findings())
    for text, more in (("TODO: dose.\n", 1), ("TODO: dose. As an AI, I guess.\n", 2), ("", 0)):
        path_of(tmp_path, 2).write_text(page(2, text))
        session.refresh()
        assert session.last_inspection.total == before + more
        assert len(session.findings()) == before + more


def test_looking_for_all_findings_reads_changed_files_only(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {finding.path: finding.excerpt for finding in session.findings() if finding.path}
    read: list[str] = []
    source = Loader.source

    def noting(loader: Loader, path: str) -> Source | None:
        read.append(path)
        return source(loader, path)

    monkeypatch.setattr(Loader, "source", noting)
    path_of(tmp_path, 2).write_text(page(2, "Also for fever.\n"))
    session.refresh()
    findings = [finding for finding in session.findings() if finding.name == "misspelt-ingredient"]
    assert {*read} == {"combinations/x2.md"}
    assert len(findings) == PAGES
    assert all(finding.excerpt for finding in findings)
    assert {finding.path: finding.excerpt for finding in findings}.items() <= lines.items()
