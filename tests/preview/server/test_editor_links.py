"""What the preview says of findings: the line with its caret, the link to an editor, and the line
on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from monograph_site.model.finding import Finding, Severity
from monograph_site.model.source import Span
from monograph_site.preview.server.editor_links import EditorLinks
from monograph_site.preview.server.serve import told
from monograph_site.preview.session import Change

VSCODE = "vscode://file/{path}:{line}:{column}"


def fault(
    path: str, line: int, column: int, message: str = "It is wrong.", *, blocks_page: bool = True
) -> Finding:
    return Finding(
        path, Span(line, column), "E999", "wrong", Severity.ERROR, message, blocks_page=blocks_page
    )


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        (VSCODE, "vscode://file{root}/a%20b%3A1.md:3:7"),
        ("idea://open?file={path}&line={line}", "idea://open?file={root}/a%20b%3A1.md&line=3"),
        (
            "subl://open?url=file://{path}&line={line}",
            "subl://open?url=file://{root}/a%20b%3A1.md&line=3",
        ),
        ("x:{column}:{path}", "x:7:{root}/a%20b%3A1.md"),
    ],
)
def test_editor_links(tmp_path: Path, pattern: str, address: str) -> None:
    (tmp_path / "a b:1.md").write_text("text")
    assert EditorLinks(tmp_path, pattern).link("a b:1.md", 3, 7) == address.replace(
        "{root}", tmp_path.as_posix()
    )


def test_a_name_that_looks_like_a_pattern_stays_a_name(tmp_path: Path) -> None:
    (tmp_path / "{line}.md").write_text("text")
    assert EditorLinks(tmp_path, VSCODE).link("{line}.md", 3, 7).endswith("/%7Bline%7D.md:3:7")


def test_the_caret_stands_under_the_fault_in_a_line_of_any_length(tmp_path: Path) -> None:
    for line in (
        "short: x",
        "\tindented: x",
        "a" * 500 + "x" + "b" * 500,
        "x" + "b" * 500,
        "é" * 300 + "x",
    ):
        (tmp_path / "a.md").write_text(f"first\r\n{line}\r\n", encoding="utf-8")
        (shown,) = EditorLinks(tmp_path, VSCODE).shown([fault("a.md", 2, line.index("x") + 1)])
        assert shown["excerpt"][shown["caret"]] == "x"
        assert len(shown["excerpt"]) < 250
        assert shown["length"] == 1


def test_what_has_no_line_has_no_excerpt(tmp_path: Path) -> None:
    (tmp_path / "short.md").write_text("one line")
    found = [fault("gone.md", 1, 1), fault("short.md", 9, 1), fault("", 1, 1)]
    assert [one["excerpt"] for one in EditorLinks(tmp_path, VSCODE).shown(found)] == ["", "", ""]
    assert EditorLinks(tmp_path, VSCODE).shown([fault("", 1, 1)])[0]["place"] == "the whole site"


def test_the_terminal_hears_one_line_and_what_is_grave() -> None:
    comes, mild = fault("b.md", 1, 1), fault("c.md", 1, 1, blocks_page=False)
    urls = frozenset({"/b/", "/b/index.json", "/c/", "/d/", "/e/"})
    said = told(Change(urls, findings_changed=True, came=(comes, mild)), 0.0123).splitlines()
    assert len(said) == 2
    assert "/b/, /c/, /d/ and 2 more, 2 new findings (12 ms)" in said[0]
    assert said[1].startswith("b.md:1:1 E999 wrong")
    assert "1 finding gone" in told(Change(went=(comes,)), 0.001)
    assert "all pages" in told(Change(None), 0.001)


def test_a_path_cannot_speak_to_the_terminal() -> None:
    assert "\x1b" not in told(
        Change(findings_changed=True, came=(fault("a\x1b[2J.md", 1, 1),)), 0.001
    )
    assert "\x1b" not in told(Change(frozenset({"/a\x1b[2J/"})), 0.001)
