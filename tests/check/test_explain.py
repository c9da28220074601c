"""`explain` and `rules`: the manual of every finding, on the command line and on a page of our own
site."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from monograph_site.build.load import load_source
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build, check
from monograph_site.check import explain, kinds
from monograph_site.check.explain import list_as_markdown, parse_manual
from monograph_site.check.kinds import findings
from monograph_site.config import load_config, read_settings
from monograph_site.model.errors import UsageProblem
from monograph_site.model.finding import FindingKind
from monograph_site.model.source import Source

CONTENT = Path(__file__).parents[2] / "content"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("word", ["E201", "e201", "201", "truncated-text", "Truncated-Text"])
def test_a_kind_is_found_by_code_number_or_name(word: str) -> None:
    assert kinds.find_kind(word).name == "truncated-text"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("truncated-txt", "'truncated-text'"),
        ("E2", "rules"),
        ("", "rules"),
        ("E9999", "no finding"),
    ],
)
def test_an_unknown_word_is_an_error(word: str, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        kinds.find_kind(word)


def test_explain(run: Run) -> None:
    completed = run("explain", "truncated-text")
    assert completed.returncode == 0
    assert completed.stdout.startswith("E201 truncated-text\n\nThe text breaks off in mid-sentence")
    for part in (
        "\n\nWhy it matters: ",
        "\n\nWrong: ",
        "\n\nRight: ",
        "\n\nHow to fix: ",
        "\n\nSeverity: error\n",
    ):
        assert part in completed.stdout
    for way in (
        "ignore: [truncated-text]",
        "severity: {truncated-text: off}",
        "--baseline",
        "{drugs/old: [truncated",
    ):
        assert way in completed.stdout
    assert "\x1b" not in completed.stdout
    completed = run("explain", "truncated-txt")
    assert (completed.returncode, completed.stdout) == (2, "")
    assert (
        completed.stderr
        == "Error: no finding is called 'truncated-txt'. Did you mean 'truncated-text'?\n"
    )


def test_the_manual_of_each_kind_for_a_terminal() -> None:
    for kind in findings():
        text = explain.explain_kind(kind)
        assert ("not possible" in text) is kind.blocks_page
        assert ("--select" in text) is kind.optional
        properties = text.split("Severity:")[1].split("\n")[0]
        assert ("fixable" in properties) is kind.fixable
        assert ("fixable with --unsafe" in properties) is kind.changes_words
        assert max(map(len, text.splitlines())) <= 110, kind.name
        assert explain.explain_kind(kind, colour=True).startswith("\x1b[")


def test_rules_lists_all_kinds(run: Run) -> None:
    lines = run("rules").stdout.splitlines()
    assert [tuple(line.split()[:2]) for line in lines] == [
        (kind.code, kind.name) for kind in findings()
    ]
    values = json.loads(run("rules", "--format", "json").stdout)
    assert [value["name"] for value in values] == [kind.name for kind in findings()]
    assert all(
        value[part]
        for value in values
        for part in ("what", "why", "wrong", "right", "fix", "severity")
    )


def test_a_manual_may_have_several_paragraphs_and_examples() -> None:
    manual = parse_manual(FindingKind("W299", "odd", """What it\n    is. More.

    And more.

    Why it matters: it does.

    Wrong: so

        - a
        - b

    Right: `so`

    How to fix: so.
    """))  # fmt: skip
    assert (manual.first_sentence, manual.what) == ("What it is.", "What it is. More.\n\nAnd more.")
    assert (manual.why, manual.wrong, manual.fix) == ("it does.", "so\n\n    - a\n    - b", "so.")


def test_the_page_of_findings_is_up_to_date() -> None:
    page = (CONTENT / "pages/findings.md").read_text(encoding="utf-8")
    assert page == explain.list_as_markdown(findings()), (
        "a manual has changed: write the page again with `monograph-site rules --format markdown`"
    )


def test_the_page_of_findings_has_no_findings() -> None:
    """Wrong examples are code, which rules ignore: where this fails, put the example in
    backticks."""
    config, _ = load_config(read_settings(CONTENT))
    text = (CONTENT / "pages/findings.md").read_text(encoding="utf-8")
    loaded = load_source(Source("pages/findings.md", text), config)
    assert [
        (finding.span.line, finding.code, finding.name, finding.message)
        for finding in loaded.findings
    ] == []


def test_examples_may_show_characters_that_content_may_not_have() -> None:
    odd = FindingKind(
        "W299", "odd", "It has `a\u200bb <i>`, \ufffd and `â‰¥`, but `é`.\n\nWhy it matters: x."
    )
    page = explain.list_as_markdown([odd])
    expected = (
        "It has <code>a&#8203;b &lt;i&gt;</code>, &#65533; and <code>&#226;&#8240;&#165;</code>, "
        "but `é`."
    )
    assert expected in page


def test_a_site_that_publishes_the_manuals_is_linked_from_findings(tmp_path: Path) -> None:
    """With their anchors, from its second check too; a site without a host has no address."""
    folders = [tmp_path / name for name in ("content", "templates", "build", "cache")]
    options, kinds = Options("2025-06-30", *folders, jobs=1), findings()
    (options.content / "pages").mkdir(parents=True)
    (options.content / "pages/findings.md").write_text(list_as_markdown(kinds), encoding="utf-8")
    assert check(options).manual_url == ""
    (options.content / "site.yaml").write_text("base_url: https://x.example/f/\n")
    assert [check(options).manual_url for _ in range(2)] == ["https://x.example/f/findings/"] * 2
    build(options)
    page = (options.output / "findings/index.html").read_text(encoding="utf-8")
    assert [kind for kind in kinds if f'id="{kind.code.lower()}-{kind.name}"' not in page] == []
