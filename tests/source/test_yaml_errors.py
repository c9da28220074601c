"""Mistakes that authors make in YAML: each is reported at the character to correct, in words they
know."""

from __future__ import annotations

import re

import pytest
import yaml

from helpers import processor_limit
from monograph_site.model.finding import Finding
from monograph_site.model.source import Source
from monograph_site.source import yaml_reader
from monograph_site.source.front_matter import read_front_matter

JARGON = re.compile(
    r"scalar|token|mapping|sequence|block|node|stream|context|parser|expected", re.IGNORECASE
)

# What the author wrote (line 1 is the opening fence), line and column of the character to correct,
# what the message says.
TABLE = [
    ("title: \"Examplin\nkind: drug", 2, 8, "quote that opens here is not closed"),
    ("title: 'Examplin\nkind: drug", 2, 8, "quote that opens here is not closed"),
    ('title: "Examplin\nkind: drug\ndescription: "For pain."', 2, 8, "quote that opens here is not closed"),
    ('kind: drug\nbrands: ["A, B]\ntitle: X', 3, 10, "quote that opens here is not closed"),
    ("title: 'Examplin's use'", 2, 17, "\"s use'\" follows"),
    ('title: "The "best" drug"', 2, 13, "'best\" drug\"' follows"),
    ('title: "Examplin" tablets', 2, 17, "'tablets' follows"),
    ("names:\n\tinn: [x]", 3, 1, "A tab"),
    ("\ttitle: X", 2, 1, "A tab"),
    ("brands:\n  - A\n\t- B", 4, 1, "A tab"),
    ("title: X\nkind drug\nstatus: approved", 3, 1, "This line has no colon. Write 'kind: drug'"),
    ("title: X\nkind drug", 3, 1, "This line has no colon"),
    ("title X\nkind: drug", 2, 1, "This line has no colon. Write 'title: X'"),
    ("title: Examplin: a new one", 2, 16, "'title' has ': ' in it, and no quotes. Put quotes around it: \"Exa"),
    ("brands:\n  - name: A: b", 3, 12, "'name' has ': ' in it"),
    ("title: X\n  kind: drug", 3, 3, "indented below 'title', which has a value already. Remove the spaces"),
    ("names:\n    inn: a\n  usan: b", 4, 3, "by 2; the lines above that it could belong to are indented by 0 or 4"),
    ("brands:\n  - A\n - B", 4, 2, "indented by 1; the lines above that it could belong to are indented by 0 or 2"),
    ("title: X\n- A\n- B", 3, 1, "A list item among keys"),
    ("title: X\nbrands: [A, B\nkind: drug", 3, 9, "The '[' that opens here is not closed. Put a ']'"),
    ("title: X\nbrands: [A, B", 3, 9, "The '[' that opens here is not closed"),
    ("names: {inn: [a]\nkind: drug", 2, 8, "The '{' that opens here is not closed"),
    ("brands: [A, B}\nkind: drug", 2, 14, "'[' is closed by '}'. Write ']'"),
    ("brands: [A]]\nkind: drug", 2, 12, "']' has no opening bracket"),
    ("brands: [[A] B]", 2, 14, "A comma or ']' is missing before 'B]'"),
    ("strength: %5", 2, 11, "Text can't start with '%'. Put quotes around it: \"%5\""),
    ("title: X\n%own: 5", 3, 1, "Text can't start with '%'"),
    ("title: @x", 2, 8, "Text can't start with '@'. Put quotes around it: \"@x\""),
    ("@own: y\ntitle: X", 2, 1, "Text can't start with '@'"),
    ("title: `x` \"y\"", 2, 8, "Text can't start with '`'. Put quotes around it: '`x` \"y\"'"),
    ("title: **Examplin**", 2, 8, "Text can't start with '*'. Put quotes around it: \"**Examplin**\""),
    ("title: *nobody", 2, 8, "Text can't start with '*'"),
    ("title: & samplol", 2, 8, "Text can't start with '&'"),
    ("title: , x", 2, 8, "Text can't start with ','"),
    ("title:Examplin\nkind: drug", 2, 6, "No space follows this colon. Write 'title: Examplin'"),
    ("title:Examplin", 2, 6, "No space follows this colon"),
    ("title: X\nkind:drug\nstatus: approved", 3, 5, "No space follows this colon. Write 'kind: drug'"),
    ("title:\u00a0X\nkind: drug", 2, 6, "No space follows this colon"),
    ("title\uff1a X\nkind: drug", 2, 6, "'\uff1a' in place of a colon. Write 'title: X'"),
    ("title = X\nkind: drug", 2, 7, "'=' in place of a colon. Write 'title: X'"),
    ("title: “Examplin: new”\nkind: drug", 2, 8, "“ is not a quote in YAML"),
    ('title: "a\\d"', 2, 10, "\\d is not an escape in double quotes"),
    ("title: > x\nkind: drug", 2, 8, "The line must end after '>'"),
    ("title: X\n---x\nkind: drug", 3, 1, "hree hyphens must be alone"),
    ("title: X\n\nFor pain.\n\nMore text.", 4, 1, "This is text, not 'key: value'. If the front matter ends"),
    ("title: !<x y", 2, 11, "can't be read any further"),
]  # fmt: skip


def refusal(text: str) -> Finding:
    findings = read_front_matter(Source("x.md", text)).findings
    assert len(findings) == 1, findings
    assert findings[0].blocks_page
    return findings[0]


@pytest.mark.parametrize("loader", ["libyaml", "python"])
@pytest.mark.parametrize(
    ("text", "line", "column", "says"), TABLE, ids=lambda value: repr(value)[:40]
)
def test_a_mistake(
    text: str, line: int, column: int, says: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if loader == "python":
        monkeypatch.setattr(yaml_reader, "_LOADER", yaml.BaseLoader)
    finding = refusal(f"---\n{text}\n---\n\n## Uses\n\nFor pain.\n")
    assert (finding.code, finding.span.line, finding.span.column) == ("E010", line, column), finding
    assert says in f"{finding.message} {finding.hint}"
    assert finding.hint
    assert not JARGON.search(finding.message + finding.hint), finding
    line_shown = f"---\n{text}".split("\n")[line - 1]
    assert column - 1 + finding.length <= len(line_shown)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("---\ntitle: X\n\n## Uses\n\nFor pain.\n", 3, 1),
        ("---\ntitle: X\nnames:\n  inn: [x]\n  # why\n\nkind: drug\n\nFor pain.\n", 8, 1),
        ("---\ntitle: X\nbrands:\n- A\n- B\n## Uses\n", 6, 1),
        ("---\ntitle: X", 2, 9),
        ("\n\n---\ntitle: X\n", 5, 1),
    ],
)
def test_front_matter_without_an_end_is_shown_where_it_should_end(
    text: str, line: int, column: int
) -> None:
    finding = refusal(text)
    assert (finding.code, finding.span.line, finding.span.column) == ("E017", line, column)
    assert finding.hint == "Put a line of three hyphens here."


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph:like this",
        "e.g. this\nand that",
        "Name = value\nand text",
        "title text\n\nnote: x",
        "*x*\n- a: b",
    ],
)
def test_text_between_two_rules_is_not_front_matter(text: str) -> None:
    front_matter = read_front_matter(Source("x.md", f"---\n{text}\n---\n\nMore.\n"))
    assert (front_matter.data, front_matter.findings, front_matter.body_line) == ({}, (), 1)


def test_a_long_text_is_explained_as_fast_as_it_is_read() -> None:
    """Looking back from a mistake does not read the whole text above it once for each line."""
    text = "".join(f"k{n}: [a, b]\n" for n in range(9_000))
    for wrong in ("a b", "a: b: c", "  x: y", ' z: "a', "- a"):
        assert refusal(f"---\n{text}{wrong}\n---\n\nBody\n").code == "E010"


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "- ",
        " ",
        "a: ",
        "[",
        '"',
        "'a' ",
        "\t",
        "a\n\n",
        "  \n",
        "a:b",
        "- a: b\n",
        " a\n",
        "\u00a0",
    ],
)
@pytest.mark.parametrize(
    "before", ["title: X\n", "title: X\n  a: b\n", "title: X\nbrands: [", "title:X\n", "a b\n"]
)
def test_the_time_to_explain_grows_as_the_text_does(unit: str, before: str) -> None:
    with processor_limit(6):
        read_front_matter(
            Source("x.md", f"---\n{before}{unit * (400_000 // len(unit))}\n---\n\nBody\n")
        )
