"""Every seeded fault is found: at its line, with words that help, and as one finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.build.pipeline import check
from monograph_site.model.finding import Finding, Severity
from seeds import OTHER_PAGE, PAGE, SEEDS, SITE_SEEDS, Seed, SiteSeed

MARK = "⟦"
MIN_KINDS = 143
SETTINGS = "base_url: https://example.org/\nlanguage: en\n"


def findings(folder: Path, files: dict[str, str]) -> list[Finding]:
    """The findings about files, after the policy."""
    for path, text in files.items():
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_text(text, encoding="utf-8")
    folders = (folder / name for name in ("content", "templates", "build", "cache"))
    return [
        finding
        for finding in check(Options("2025-06-30", *folders, jobs=1)).findings
        if finding.path
    ]


def seeded(seed: Seed) -> tuple[str, int]:
    """The page with a fault, and the line at which it must be named; 0 where that is not said."""
    assert PAGE.count(seed.old) == 1, "the fault has one place"
    text = PAGE.replace(seed.old, seed.new)
    line = text[: text.index(MARK)].count("\n") + 1 if MARK in text else 0
    return text.replace(MARK, ""), line


def test_there_are_enough_kinds() -> None:
    names = [seed.name for seed in (*SEEDS, *SITE_SEEDS)]
    assert len(set(names)) == len(names) >= MIN_KINDS


def test_the_pages_have_no_finding_without_a_seed(tmp_path: Path) -> None:
    files = {"drugs/examplin.md": PAGE, "drugs/samplol.md": OTHER_PAGE, "site.yaml": SETTINGS}
    assert findings(tmp_path, files) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seed_is_found(tmp_path: Path, seed: Seed) -> None:
    text, line = seeded(seed)
    files = {"drugs/examplin.md": text, "drugs/samplol.md": OTHER_PAGE, "site.yaml": SETTINGS}
    found = findings(tmp_path, files)
    own = [finding for finding in found if finding.code == seed.finding]
    assert [finding.path for finding in own] == ["drugs/examplin.md"], [*map(str, found)]
    assert not line or own[0].span.line == line
    assert seed.words in f"{own[0].message} {own[0].hint}"
    others = {
        finding.code
        for finding in found
        if finding.severity is not Severity.INFO and finding.code != seed.finding
    }
    assert others <= set(seed.also.split()), [*map(str, found)]


@pytest.mark.parametrize("seed", SITE_SEEDS, ids=lambda seed: seed.name)
def test_a_seed_of_several_files_is_found(tmp_path: Path, seed: SiteSeed) -> None:
    files = {"drugs/examplin.md": PAGE, "drugs/samplol.md": OTHER_PAGE, "site.yaml": SETTINGS}
    found = findings(tmp_path, {**files, **seed.files})
    shown = [finding for finding in found if finding.severity is not Severity.INFO]
    places = [f"{finding.path}:{finding.span.line} {finding.code}" for finding in shown]
    assert tuple(places) == seed.findings, [*map(str, found)]
    assert any(seed.words in f"{finding.message} {finding.hint}" for finding in shown)
