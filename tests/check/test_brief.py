"""The brief format is readable with any number of findings, and does not depend on their order."""

from __future__ import annotations

from monograph_site.check import formats
from monograph_site.model.finding import Finding, FindingKind, ordered
from monograph_site.model.source import Span

BROKEN = FindingKind("E101", "no-section")
ODD = FindingKind("W201", "odd-text")


def many(finding: FindingKind, count: int) -> list[Finding]:
    return [finding.at(f"drugs/{n:03}.md", Span(n, 2), "what is wrong") for n in range(count)]


def brief(findings: list[Finding], *, colour: bool = False) -> str:
    return formats.write_brief(formats.group_findings(ordered(findings)), colour=colour)


def test_one_finding_is_one_line() -> None:
    assert (
        brief([ODD.at("a.md", Span(3, 7), "it is odd\nFix it.")])
        == "a.md:3:7 W201 odd-text [warning] it is odd Fix it.\n"
    )
    assert brief([ODD.at("", Span(), "it is odd")]) == "site W201 odd-text [warning] it is odd\n"
    assert brief([]) == ""


def test_errors_come_first_and_many_findings_of_a_code_are_counted() -> None:
    lines = brief([*many(ODD, 1200), *many(BROKEN, 5)]).splitlines()
    assert [line.split()[1] for line in lines[:5]] == ["E101"] * 5
    assert lines[5].startswith("drugs/000.md:0:2 W201")
    assert (
        lines[8]
        == "    … 1,200 W201 odd-text in 1,200 files; `monograph-site check` shows all of them"
    )
    assert len(lines) == 9


def test_paths_lead_to_the_files_from_the_current_folder() -> None:
    findings = [ODD.at("drugs/a.md", Span(3, 7), "x"), ODD.at("../templates/a.html", Span(), "x")]
    text = formats.write_brief(formats.group_findings(ordered(findings)), "site/content/")
    assert [line.split()[0] for line in text.splitlines()] == [
        "site/templates/a.html:1:1",
        "site/content/drugs/a.md:3:7",
    ]


def test_colour_is_optional() -> None:
    assert "\x1b[31;1m[error]\x1b[0m" in brief(many(BROKEN, 1), colour=True)
    assert "\x1b" not in brief(many(BROKEN, 1))


def test_control_characters_are_escaped() -> None:
    text = brief([ODD.at("a\x1b[2J.md", Span(), "a\x07b\u202ec – é")])
    assert text == "a\\x1b[2J.md:1:1 W201 odd-text [warning] a\\x07b\\u202ec – é\n"


def test_a_finding_as_json() -> None:
    values = formats.finding_as_json(many(BROKEN, 1)[0], "content/")
    assert values == {
        "path": "drugs/000.md",
        "file": "content/drugs/000.md",
        "line": 0,
        "column": 2,
        "code": "E101",
        "name": "no-section",
        "severity": "error",
        "message": "what is wrong",
        "hint": "",
        "length": 1,
        "excerpt": "",
        "excerpt_from": 1,
        "fixable": False,
        "withheld": False,
    }
    assert formats.count_by_severity([*many(ODD, 2), *many(BROKEN, 1)]) == {
        "error": 1,
        "warning": 2,
        "info": 0,
    }
