"""`monograph-site lsp`: one session of an editor, over standard input and output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from editor import Editor
from lsprotocol.types import Position

from monograph_site.cli.main import cli
from monograph_site.language_server.positions import Positions

EXAMPLIN = """\
---
title: Examplin
kind: drug
description: Examplin treats pain.
sources:
  - key: trial
    title: A trial of examplin
  - {key: "who", title: A list of medicines}
---
## Usage

It treats pain 😀 and fever.[^trial] See [the other](otherin.md#dosage), [[Otherin]] and [^note].

## Dosage

😀😀 Take 5.0 mg twice a day.[^trial] Then [nothing](missing.md).

## Frequently asked questions

### May I drive?

Yes, you may drive as usual.

[^note]: A note of the author.
"""
OTHERIN = """\
---
title: Otherin
kind: drug
---
## Usage

It treats fever.

## Dosage

Take one tablet a day.
"""
LINES = EXAMPLIN.split("\n")


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    """An editor of its own for each test: they run in any order, also beside each other."""
    root = tmp_path / "site"
    drugs = root / "content" / "drugs"
    drugs.mkdir(parents=True)
    (root / "content" / "site.yaml").write_text("title: Medicines\n", "utf-8")
    (drugs / "examplin.md").write_text(EXAMPLIN, "utf-8")
    (drugs / "otherin.md").write_text(OTHERIN, "utf-8")
    editor = Editor(root)
    yield editor
    assert editor.close() == 0


@pytest.fixture
def examplin(editor: Editor) -> str:
    uri = editor.open("content/drugs/examplin.md")
    editor.finding_named(uri, "broken-link")  # the rest of the site is read
    return uri


def units(text: str) -> int:
    """The length of a text as the protocol counts it."""
    return len(text.encode("utf-16-le")) // 2


def place(words: str, shift: int = 0) -> tuple[int, int]:
    """The line and column of words of the text."""
    number = next(number for number, line in enumerate(LINES) if words in line)
    return number, units(LINES[number][: LINES[number].index(words)]) + shift


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text with edits of the protocol."""
    lines = text.split("\n")
    starts = [sum(map(units, lines[:number])) + number for number in range(len(lines))]
    data = text.encode("utf-16-le")

    def offset(position: dict[str, int]) -> int:
        return 2 * (starts[position["line"]] + position["character"])

    for edit in sorted(edits, key=lambda edit: -offset(edit["range"]["start"])):
        start, end = (offset(edit["range"][name]) for name in ("start", "end"))
        data = data[:start] + edit["newText"].encode("utf-16-le") + data[end:]
    return data.decode("utf-16-le")


def labels(answer: dict[str, Any]) -> list[str]:
    return [item["label"] for item in answer["items"]]


def complete_after(editor: Editor, uri: str, text: str, version: int) -> dict[str, Any]:
    """The suggestions at the end of the text, or at `|` in it."""
    before, _, after = text.partition("|")
    editor.type(uri, before + after, version)
    lines = before.split("\n")
    answer: dict[str, Any] = editor.at("completion", uri, len(lines) - 1, units(lines[-1]))
    return answer


def test_findings_have_code_severity_range_and_hint(editor: Editor, examplin: str) -> None:
    finding = editor.finding_named(examplin, "trailing-zero")
    line, column = place("5.0 mg")
    assert finding["code"] == "W601 trailing-zero"
    assert (finding["severity"], finding["source"]) == (2, "monograph-site")
    assert finding["range"]["start"] == {"line": line, "character": column}
    assert "Write" in finding["message"]


def test_findings_follow_the_unsaved_text(editor: Editor, examplin: str) -> None:
    editor.type(examplin, EXAMPLIN.replace("5.0 mg", "5 mg").replace("## Usage", "## Uses\n"), 2)
    names = {item["code"].split()[1]: item for item in editor.findings(examplin, 2)}
    assert "trailing-zero" not in names
    moved = names["broken-link"]["range"]["start"]["line"]
    assert moved == place("missing.md")[0] + 1, "a finding of the saved site moves with its line"
    editor.type(examplin, EXAMPLIN, 3)
    assert "W601 trailing-zero" in [item["code"] for item in editor.findings(examplin, 3)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("5.0 mg", "**Why it matters:**"),
        ("kind: drug", "`combination`"),
        ("description:", "**description**: One sentence"),
        ("title: A trial", "**sources.title**: Its title"),
    ],
)
def test_hover_explains(editor: Editor, examplin: str, words: str, expected: str) -> None:
    answer = editor.at("hover", examplin, *place(words, 1))
    assert expected in answer["contents"]["value"]


def test_quick_fixes_correct_and_suppress(editor: Editor, examplin: str) -> None:
    line, column = place("5.0 mg")
    span = {
        name: {"line": line, "character": column + shift}
        for name, shift in (("start", 0), ("end", 2))
    }
    actions = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": examplin},
        range=span,
        context={"diagnostics": []},
    )
    texts = {
        action["title"]: applied(EXAMPLIN, action["edit"]["changes"][examplin])
        for action in actions
    }
    assert texts["Write '5 mg'"] == EXAMPLIN.replace("5.0 mg", "5 mg")
    suppressed = texts["Suppress trailing-zero here, with a reason"]
    comment = "<!-- monograph-site: ignore trailing-zero -- reason -->\n\n"
    assert suppressed == EXAMPLIN.replace("😀😀 Take", f"{comment}😀😀 Take")
    editor.type(examplin, suppressed, 4)
    codes = [item["code"] for item in editor.findings(examplin, 4)]
    assert "W601 trailing-zero" not in codes
    editor.type(examplin, EXAMPLIN, 5)


def test_all_is_corrected_on_request(editor: Editor, examplin: str) -> None:
    start = {"line": 0, "character": 0}
    (action,) = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": examplin},
        range={"start": start, "end": start},
        context={"diagnostics": [], "only": ["source.fixAll"]},
    )
    corrected = applied(EXAMPLIN, action["edit"]["changes"][examplin])
    assert corrected == EXAMPLIN.replace("5.0 mg", "5 mg")


FRONT = "---\ntitle: Examplin\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FRONT}desc|\n---\n## Usage\n", "description"),
        (f"{FRONT}review:\n  sta|\n---\n", "status"),
        (f"{FRONT}sources:\n  - key: a\n    ti|\n---\n", "title"),
        (f"{FRONT}kind: com|\n---\n", "combination"),
        (f"{FRONT}status:\n  state: ban|\n---\n", "banned"),
        (f"{FRONT}generic_slug: oth|\n---\n", "otherin"),
        (f"{FRONT}ignore: [trailing|]\n---\n", "trailing-zero"),
        (f"{FRONT}---\n## Contra|", "Contraindications"),
        (f"{FRONT}---\nSee [it](oth|)", "Otherin"),
        (f"{FRONT}---\nSee [it](otherin.md#do|)", "dosage"),
        (f"{FRONT}---\nSee [[Oth|", "Otherin"),
        (f"{FRONT}sources:\n  - key: trial\n---\nSee [^tr|", "trial"),
        (f"{FRONT}---\nSee [^no|\n\n[^note]: A note.\n", "note"),
    ],
)
def test_completion(editor: Editor, examplin: str, text: str, expected: str) -> None:
    assert expected in labels(complete_after(editor, examplin, text, 6))


def test_a_link_is_completed_by_the_path_of_the_file(editor: Editor, examplin: str) -> None:
    answer = complete_after(editor, examplin, f"{FRONT}---\nSee [it](oth|)", 7)
    assert [item["textEdit"]["newText"] for item in answer["items"]] == ["otherin.md"]
    editor.type(examplin, EXAMPLIN, 8)


@pytest.mark.parametrize(
    ("words", "file", "line"),
    [
        ("the other](", "otherin.md", OTHERIN.split("\n").index("## Dosage")),
        ("[[Otherin", "otherin.md", 0),
        ("^trial]", "examplin.md", place("key: trial")[0]),
        ("^note].", "examplin.md", place("[^note]:")[0]),
    ],
)
def test_definition(editor: Editor, examplin: str, words: str, file: str, line: int) -> None:
    answer = editor.at("definition", examplin, *place(words, 2))
    assert answer["uri"].endswith(f"/drugs/{file}")
    assert answer["range"]["start"]["line"] == line


def test_outline(editor: Editor, examplin: str) -> None:
    symbols = editor.ask("textDocument/documentSymbol", textDocument={"uri": examplin})
    names = [(symbol["name"], [part["name"] for part in symbol["children"]]) for symbol in symbols]
    assert names[:2] == [("Usage", []), ("Dosage", [])]
    assert ("Frequently asked questions", ["May I drive?"]) in names
    start = symbols[1]["selectionRange"]["start"]
    assert start == {"line": place("## Dosage")[0], "character": 0}


def test_a_citation_key_is_renamed_everywhere(editor: Editor, examplin: str) -> None:
    line, column = place("^trial]", 1)
    prepared = editor.at("prepareRename", examplin, line, column)
    assert prepared["placeholder"] == "trial"
    answer = editor.at("rename", examplin, line, column, newName="study")
    renamed = applied(EXAMPLIN, answer["changes"][examplin])
    expected = EXAMPLIN.replace("[^trial]", "[^study]").replace("key: trial", "key: study")
    assert renamed == expected
    for name in ("who", "two words", ""):
        with pytest.raises(RuntimeError, match=r"reference 'who' already|letters, digits"):
            editor.at("rename", examplin, line, column, newName=name)
    assert editor.at("prepareRename", examplin, *place("## Usage")) is None


def test_a_citation_key_is_renamed_in_groups_and_sentences(editor: Editor, examplin: str) -> None:
    text = f"{FRONT}sources:\n  - {{key: trial, title: T}}\n  - {{key: who, title: W}}\n---\n"
    text += "As @trial says [see @trial, p. 3; @who]. Ask @nurse.\n"
    editor.type(examplin, text, 2)
    line = text[: text.index("@trial,")].count("\n")
    column = text.split("\n")[line].index("@trial,") + 2
    answer = editor.at("rename", examplin, line, column, newName="study")
    assert applied(text, answer["changes"][examplin]) == text.replace("trial", "study")


REQUESTS = ("hover", "completion", "definition", "prepareRename")


@pytest.mark.parametrize("path", ["content/drugs/gone.md", "elsewhere.md", "content/picture.png"])
def test_a_file_that_is_not_open_has_no_answers(editor: Editor, examplin: str, path: str) -> None:
    uri = editor.uri(path)
    assert [editor.at(method, uri, 0, 0) for method in REQUESTS] == [None] * len(REQUESTS)
    assert editor.ask("textDocument/documentSymbol", textDocument={"uri": uri}) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\ntitle: [",
        "\ufeff---\r\ntitle: X\r\n---\r\n## Usage\r\n\r\n😀\r\n",
        "---\n" + "- " * 50,
        "a\u2028b\x0cc\rd",
        "\ud83d half a pair [^",
    ],
)
def test_wrong_positions_and_texts_are_answered(editor: Editor, examplin: str, text: str) -> None:
    uri = editor.open("content/drugs/hostile.md", text)
    editor.findings(uri, 1)
    for line, character in ((0, 0), (0, 4), (3, 1), (10**6, 10**6)):
        for method in REQUESTS:
            editor.at(method, uri, line, character)
    editor.ask("textDocument/documentSymbol", textDocument={"uri": uri})
    editor.diagnostics.clear()
    editor.tell("textDocument/didClose", textDocument={"uri": uri})
    assert editor.at("hover", uri, 0, 0) is None
    editor.type(uri, "late", 9)  # after it was closed
    assert editor.at("hover", uri, 0, 0) is None
    assert {"uri": uri, "diagnostics": []} in editor.diagnostics


def test_saved_files_are_read_again(editor: Editor, examplin: str) -> None:
    path = editor.root / "content" / "drugs" / "missing.md"
    path.write_text(OTHERIN.replace("Otherin", "Missing"), "utf-8")
    editor.type(examplin, EXAMPLIN, 9)
    editor.tell("textDocument/didSave", textDocument={"uri": examplin})
    codes = [item["code"] for item in editor.findings(examplin, 9, without="broken-link")]
    assert "W601 trailing-zero" in codes
    answer = complete_after(editor, examplin, f"{FRONT}---\nSee [[Miss|", 10)
    assert labels(answer) == ["Missing"]


def test_files_that_git_changes_are_read_again(editor: Editor, examplin: str) -> None:
    assert "workspace/didChangeWatchedFiles" in editor.registered
    path = editor.root / "content" / "drugs" / "missing.md"
    path.write_text(OTHERIN, "utf-8")
    editor.type(examplin, EXAMPLIN, 11)
    editor.tell("textDocument/didSave", textDocument={"uri": examplin})
    editor.findings(examplin, 11, without="broken-link")
    editor.diagnostics.clear()
    path.unlink()
    change = {"uri": path.as_uri(), "type": 3}
    editor.tell("workspace/didChangeWatchedFiles", changes=[change])
    assert editor.finding_named(examplin, "broken-link")["severity"] == 1


def test_a_site_that_cannot_be_read_is_read_once_it_can(tmp_path: Path) -> None:
    root = tmp_path / "site"
    (root / "content" / "drugs").mkdir(parents=True)
    (root / "content" / "drugs" / "examplin.md").write_text(EXAMPLIN, "utf-8")
    template = root / "templates" / "base.html"
    template.parent.mkdir()
    template.write_bytes(b"\xff")
    editor = Editor(root)
    uri = editor.open("content/drugs/examplin.md")
    editor.finding_named(uri, "trailing-zero")
    template.unlink()
    change = {"uri": template.as_uri(), "type": 3}
    editor.tell("workspace/didChangeWatchedFiles", changes=[change])
    assert editor.finding_named(uri, "broken-link")["severity"] == 1
    assert editor.close() == 0


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "monograph_site.language_server.server", raising=False)
    monkeypatch.setitem(sys.modules, "pygls", None)
    result = CliRunner().invoke(cli, ["lsp"])
    assert result.exit_code == 2
    assert "pip install 'monograph-site[lsp]'" in result.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_and_offsets_are_inverse(encoding: str) -> None:
    positions = Positions("a😀é\n\nz", encoding)
    for offset in range(len(positions.text) + 1):
        assert positions.offset(positions.position(offset)) == offset
    beyond = Position(0, 99)
    assert positions.offset(beyond) == 3
    assert positions.offset(Position(99, 0)) == len(positions.text)
