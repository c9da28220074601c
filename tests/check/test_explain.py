"""`explain` and `rules`: every finding explains itself, on the command line and on a page of our
own site."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from monograph_site.build.load import load
from monograph_site.check import explain, selection
from monograph_site.check.explain import manual
from monograph_site.check.selection import findings
from monograph_site.config import load_config, read_settings
from monograph_site.model.errors import UsageProblem
from monograph_site.model.finding import FindingKind
from monograph_site.model.source import Source

CONTENT = Path(__file__).parents[2] / "content"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("word", ["E201", "e201", "201", "truncated-text", "Truncated-Text"])
def test_a_finding_is_known_by_code_number_and_name(word: str) -> None:
    assert selection.named(word).name == "truncated-text"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("truncated-txt", "'truncated-text'"),
        ("E2", "rules"),
        ("", "rules"),
        ("E9999", "no finding"),
    ],
)
def test_another_word_is_none(word: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        selection.named(word)


def test_explain(run: Run) -> None:
    done = run("explain", "truncated-text")
    assert done.returncode == 0
    assert done.stdout.startswith("E201 truncated-text\n\nThe text breaks off in mid-sentence")
    for said in (
        "\n\nWhy it matters: ",
        "\n\nWrong: ",
        "\n\nRight: ",
        "\n\nHow to fix: ",
        "\n\nSeverity: error\n",
    ):
        assert said in done.stdout
    for way in (
        "ignore: [truncated-text]",
        "severity: {truncated-text: off}",
        "--baseline",
        "{drugs/old: [truncated",
    ):
        assert way in done.stdout
    assert "\x1b" not in done.stdout
    done = run("explain", "truncated-txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "Error: no finding is called 'truncated-txt'. Did you mean 'truncated-text'?\n"
    )


def test_what_is_said_of_each_kind_of_finding() -> None:
    for one in findings():
        said = explain.explained(one)
        assert ("it can't be" in said) is one.blocks_page
        assert ("--select" in said) is one.optional
        assert ("fixable" in said.split("Severity:")[1].split("\n")[0]) is one.fixable
        assert max(map(len, said.splitlines())) <= 110, one.name
        assert explain.explained(one, colour=True).startswith("\x1b[")


def test_rules_lists_all(run: Run) -> None:
    lines = run("rules").stdout.splitlines()
    assert [tuple(line.split()[:2]) for line in lines] == [
        (one.code, one.name) for one in findings()
    ]
    values = json.loads(run("rules", "--format", "json").stdout)
    assert [value["name"] for value in values] == [one.name for one in findings()]
    assert all(
        value[part]
        for value in values
        for part in ("what", "why", "wrong", "right", "fix", "severity")
    )


def test_a_manual_may_have_several_paragraphs_and_samples() -> None:
    told = manual(FindingKind("W299", "odd", """What it\n    is. More.

    And more.

    Why it matters: it does.

    Wrong: so

        - a
        - b

    Right: `so`

    How to fix: so.
    """))  # fmt: skip
    assert (told.first, told.what) == ("What it is.", "What it is. More.\n\nAnd more.")
    assert (told.why, told.wrong, told.fix) == ("it does.", "so\n\n    - a\n    - b", "so.")


def test_the_page_of_findings_is_that_of_the_program() -> None:
    page = (CONTENT / "pages/findings.md").read_text(encoding="utf-8")
    assert page == explain.as_markdown(findings()), (
        "a manual changed; write the page anew: monograph-site rules --format markdown > content/pages/findings.md"
    )


def test_the_page_of_findings_has_none() -> None:
    """Samples of what is wrong are code, which no rule looks at: put a sample into backticks where
    this fails."""
    config, _ = load_config(read_settings(CONTENT))
    text = (CONTENT / "pages/findings.md").read_text(encoding="utf-8")
    loaded = load(Source("pages/findings.md", text), config)
    assert [(one.span.line, one.code, one.name, one.message) for one in loaded.findings] == []


def test_samples_that_no_content_file_may_have_are_shown_all_the_same() -> None:
    odd = FindingKind(
        "W299", "odd", "It has `a\u200bb <i>`, \ufffd and `â‰¥`, but `é`.\n\nWhy it matters: x."
    )
    page = explain.as_markdown([odd])
    assert (
        "It has <code>a&#8203;b &lt;i&gt;</code>, &#65533; and <code>&#226;&#8240;&#165;</code>, but `é`."
        in page
    )
