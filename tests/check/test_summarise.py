"""Many info findings of one kind become one, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import Site, run_cli
from monograph_site.check.summarise import MAX_FILES, summarise
from monograph_site.model.finding import Finding, Severity
from monograph_site.model.source import Span


def finding(path: str, severity: Severity = Severity.INFO, line: int = 1) -> Finding:
    return Finding(path, Span(line, 1), "I999", "many", severity, f"line {line} of {path}")


def test_infos_in_many_files_become_one_that_names_the_first() -> None:
    findings = [finding(f"{number:02}.md", line=2) for number in reversed(range(MAX_FILES + 1))]
    [summary] = summarise([*findings, finding("00.md", line=3)])
    assert (summary.path, summary.code, summary.severity) == ("", "I999", Severity.INFO)
    assert summary.message == "22 findings in 21 files; the first, 00.md:2:1: line 2 of 00.md"
    assert "--verbose" in summary.hint


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_errors_and_warnings_are_never_summarised(severity: Severity) -> None:
    findings = [finding(f"{number:02}.md", severity) for number in range(50)]
    assert list(summarise(findings)) == findings


def test_infos_in_few_files_are_listed() -> None:
    findings = [finding(f"{number % MAX_FILES:02}.md", line=number) for number in range(60)]
    assert set(summarise(findings)) == set(findings)


@pytest.mark.parametrize("arguments", [("--verbose",), ("--select", "I118"), ("content/drugs",)])
def test_a_check_lists_them_where_it_is_asked_to(tmp_path: Path, arguments: tuple[str]) -> None:
    site = Site(tmp_path)
    for number in range(MAX_FILES + 1):
        site.write(f"drugs/A_{number:02}.md", f"---\ntitle: A{number}in\n---\n## Uses\n\nPain.\n")
    short = run_cli("check", "--format", "line", cwd=site.root).stdout
    assert [line for line in short.splitlines() if " I118 " in line] == [
        "site I118 unsafe-slug [info] 21 findings in 21 files; the first, drugs/A_00.md:1:1: "
        + short.partition("drugs/A_00.md:1:1: ")[2].partition("\n")[0]
    ]
    long = run_cli("check", "--format", "line", *arguments, cwd=site.root).stdout
    assert long.count(" I118 ") == MAX_FILES + 1
