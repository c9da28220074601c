"""Findings in the preview: the line with its caret, the link to an editor, and the lines on the
terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from monograph_site.model.excerpt import with_excerpts
from monograph_site.model.finding import Finding, Severity
from monograph_site.model.source import Source, Span
from monograph_site.preview.server.editor_links import EditorLinks, worst_first
from monograph_site.preview.server.serve import describe_change
from monograph_site.preview.session import Change

VSCODE = "vscode://file/{path}:{line}:{column}"


def error(path: str, line: int, column: int, *, blocks_page: bool = True) -> Finding:
    return Finding(
        path,
        Span(line, column),
        "E999",
        "wrong",
        Severity.ERROR,
        "It is wrong.",
        blocks_page=blocks_page,
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


def test_a_file_name_that_looks_like_a_pattern_is_kept(tmp_path: Path) -> None:
    (tmp_path / "{line}.md").write_text("text")
    assert EditorLinks(tmp_path, VSCODE).link("{line}.md", 3, 7).endswith("/%7Bline%7D.md:3:7")


@pytest.mark.parametrize(
    "line",
    [
        "short: x",
        "\tindented: x",
        "a" * 500 + "x" + "b" * 500,
        "x" + "b" * 500,
        "é" * 300 + "x",
        "a" * 200 + "x",
    ],
)
def test_the_caret_is_below_the_error_in_a_line_of_any_length(tmp_path: Path, line: str) -> None:
    """The excerpt of the finding is enough: the file does not exist."""
    source = Source("a.md", f"first\n{line}\n")
    (finding,) = with_excerpts([error("a.md", 2, line.index("x") + 1)], source)
    described = EditorLinks(tmp_path, VSCODE).describe(finding)
    excerpt = described["before"] + described["marked"] + described["after"]
    assert described["marked"] == "x"
    assert described["indent"] == len(described["before"])
    assert described["width"] == 1
    assert len(excerpt) <= 162
    plain = line.replace("\t", " ")
    assert excerpt.strip("…") in plain
    assert excerpt.startswith("…") != plain.startswith(excerpt[:10])


@pytest.mark.parametrize(
    ("before", "marked", "indent", "width"),
    [
        ("\U0001f600 ", "\U0001f48a\U0001f48a", 3, 4),
        ("\u5242\u91cf", "x", 4, 1),
        ("e\u0301", "n\u0303o", 1, 2),
    ],
)
def test_the_caret_counts_columns(
    tmp_path: Path, before: str, marked: str, indent: int, width: int
) -> None:
    """An emoji takes two columns, an accent of its own none."""
    found = replace(error("a.md", 1, len(before) + 1), length=len(marked))
    (finding,) = with_excerpts([found], Source("a.md", f"{before}{marked} rest\n"))
    described = EditorLinks(tmp_path, VSCODE).describe(finding)
    assert (described["before"], described["marked"], described["after"]) == (
        before,
        marked,
        " rest",
    )
    assert (described["indent"], described["width"]) == (indent, width)


def test_a_finding_without_a_line_has_no_excerpt(tmp_path: Path) -> None:
    links = EditorLinks(tmp_path, VSCODE)
    assert links.describe(error("gone.md", 1, 1))["marked"] == ""
    assert links.describe(error("", 1, 1))["place"] == "the whole site"


def test_the_worst_findings_come_first() -> None:
    warning = replace(error("a.md", 1, 1), severity=Severity.WARNING)
    errors = [error("b.md", 1, 1), error("b.md", 1, 9), error("c.md", 1, 1)]
    assert worst_first([warning, *reversed(errors)]) == [*errors, warning]


def test_the_terminal_names_the_pages_and_the_errors() -> None:
    blocking, other = error("b.md", 1, 1), error("c.md", 1, 1, blocks_page=False)
    urls = frozenset({"/b/", "/b/index.json", "/c/", "/d/", "/e/"})
    change = Change(urls, findings_changed=True, new_findings=(blocking, other))
    lines = describe_change(change, 0.0123).splitlines()
    assert len(lines) == 3
    assert "/b/, /c/, /d/ and 2 more, 2 new findings (12 ms)" in lines[0]
    assert lines[1].startswith("b.md:1:1 E999 wrong")
    assert lines[2].startswith("c.md:1:1 E999 wrong"), "it would stop a build too"
    in_folder = describe_change(change, 0.0123, "site/content/").splitlines()
    assert in_folder[1].startswith("site/content/b.md:1:1 E999 wrong")
    assert "1 resolved finding" in describe_change(Change(resolved_findings=(blocking,)), 0.001)
    assert "all pages" in describe_change(Change(None), 0.001)


def test_paths_cannot_control_the_terminal() -> None:
    change = Change(findings_changed=True, new_findings=(error("a\x1b[2J.md", 1, 1),))
    assert "\x1b" not in describe_change(change, 0.001)
    assert "\x1b" not in describe_change(Change(frozenset({"/a\x1b[2J/"})), 0.001)
