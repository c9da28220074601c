"""The fast engine makes the very blocks of the reference engine, or hands the text back."""

from __future__ import annotations

import random
from collections.abc import Callable
from html.entities import html5
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import ROOT
from monograph_site.markdown import pulldown, reference
from monograph_site.markdown.blocks import Block, MarkdownDocument
from monograph_site.markdown.limits import MAX_MARKS, MAX_NESTING
from monograph_site.markdown.parser import parse

MIN_COVERED = 0.95
"""The part of a formulary that the fast engine must read itself, or it is not worth having."""

COVERED = {
    "nothing": "",
    "blank lines": "\n\n\n",
    "a paragraph": "for pain",
    "a paragraph of two lines": "\nfor pain\nand fever\n\n",
    "lines with spaces around": "  for pain\n   and fever\n\nand more  \n",
    "headings": "# Usage\n\n## Usage ##\n###### Usage\n####### Usage\n#Usage\n#\n# # #\n",
    "headings with markup": "### **Adults:** 5 mg *once*\n#### `a` [b](c)\n",
    "underlined headings": "Usage\n===\n\nUsage\nof it\n---\n\n- a\n  ---\n",
    "rules": "a\n\n---\n***\n* * *\n___\n\n- ***\n",
    "a tight list": "* one\n* two\n  more of it\n* three\n",
    "a loose list": "* one\n\n* two\n\n  more of it\n\n\n\nafter\n",
    "a list tight and loose": "- one\n  - two\n\n  - three\n- four\n",
    "a list and a paragraph": "- one\ntwo\n\nthree\n\n\n",
    "lists by their marks": "* one\n- two\n+ three\n1. four\n2) five\n",
    "numbers": "0. zero\n1. one\n\ntext\n7. seven\n\n7. seven\n123456789. a\n1234567890. b\n",
    "nested lists": "* a\n    * b\n        * c\n\n    d\n* e\n",
    "lists in one line": "- - a\n- * 1. b\n",
    "a list, then an indented block": "- a\n\n # b\n\n1. c\n\n   d\n  - e\n",
    "a list up to the end": "- a\n- b\n\n\n",
    "questions in a list": "* **Is it safe?**\n  Yes.\n* **Q: Is it?** A: No.\n",
    "emphasis": "*a* **b** ***c*** _d_ __e__ **f *g* h** *i **j** k* **l*",
    "emphasis in words": "a*b*c a_b_c a**b**c snake_case_word **a:**b **a: **b ** a**",
    "emphasis beside punctuation": "“**a**” **“a”**b **(a)**b €*a*€ a**™**b *a*½",
    "emphasis over lines": "**a\nb** *c\nd*\n",
    "marks that mean nothing": "5 * 3 * 2, a ** b, ****, _, [a], ](, !, a&b, a & b; < 5 > 3 ~5 ~",
    "escapes": "\\* \\_a\\_ \\[a](b) \\\\, \\a \\# b\n\\# c\n",
    "entities": "&amp; &lt;b&gt; &copy; &nbsp; &bogus; &amp AT&T &ngE; [a](b?c&amp;d)",
    "code spans": "`a` `` b ` c `` ` d ` ` ` `a*b*` ``e` f` `&amp;`",
    "hard breaks": "a  \nb\\\nc   \n* d  \n  e\n",
    "links": "[a](b) [a *b* c](d 'e') [a](<5 6>) [](a) [a]() [a](b(c)d) [a [b] c](d) [a](b\n'c')",
    "links with odd addresses": "[a](/é?ü=1&b) [a](x%20y) [a](HTTPS://ÄÖ.example/) [a](//b)",
    "links that are none": "[a](b c) [a] (b) [a](b [c](d)](e) [a\n\nb](c)",
    "words outside ASCII": "ä – ö\n\n* “ü” – 漢字 **😀** naïve\n\n## µg ≥ 5\n",
    "a table": "a\n\n| a | b |\n|---|:-:|\n| **c** | [d](e) |\n|f|g|\n\nb",
    "a table at the start": "|a|\n|-|\n|B 5|\n",
    "a table without rows": "\n| a | b |\n|---|---|\n",
    "formulas": "8CO<sub>2</sub>\n\n# H<sub>2</sub>O and 10<sup>6</sup>\n\n* m<sup>2</sup>, *a*\n",
    "formulas in emphasis": "**H<sub>2</sub>O** *a* Na<sup>+</sup> *b **CO<sub>2</sub>** c* d",
    "a formula with emphasis": "a <sub>*b*\nc</sub> [d<sup>e</sup>](f) <sub></sub>\n",
    "a table below a list": "- a\n\n| b | c |\n|---|---|\n| d | e |\n\n- f\n",
}
"""What monographs are made of. The fast engine reads it itself."""

HANDED_BACK = {
    "names of alleles": "HLA-B*5701 and HLA-B*58:01, `CYP2D6*4`",
    "powers and products": "10**6, m**2, 10**-6",
    "a comparison that is no quotation": "* >45 kg: one",
    "raw HTML": "<u>a</u>",
    "a tag with an attribute": "a<sub x>2</sub>",
    "a formula without an end": "8CO<sub>2",
    "a formula that ends in emphasis": "a<sub>2 *b</sub> c*",
    "a comment": "a <!-- b -->",
    "an address in angle brackets": "<https://example.org>",
    "an e-mail address in angle brackets": "<5@example.org>",
    "a picture": "![a](b.png)",
    "a link that is not published": "[a](javascript:b)",
    "a definition": "[a]: b\n",
    "a quote: where it ends": "> a\n>\n\n",
    "a quote in a list": "* >45 kg: 5 mg\n",
    "a fence: its info string": "``` a \nb\n```\n",
    "text indented like code": "a\n\n    b\n",
    "strikethrough: one tilde or two": "~~a~~ ~b~",
    "an irregular table: bars": "a | b\n--|--\nc | d\n",
    "an irregular table: cells": "\n|a|b|\n|-|-|\n|c|\n",
    "an irregular table: code": "\n|a|\n|-|\n|`b|c`|\n",
    "a table that ends a paragraph": "a\n|b|\n|-|\n",
    "a bar": "a | b",
    "a tab": "-\ta\n",
    "a carriage return": "a\r\nb",
    "a NUL": "a\0b",
    "a space that is not U+0020": "\u00a0a\u00a0\nb\u2003\n",
    "a character that is not assigned": "a*\U000e0fff*b",
    "a lone surrogate": "a\ud800b",
    "a control character by its number": "&#1; &#65;",
    "an empty item: where it ends": "-\n\na\n",
    "an item that starts with an empty line": "-\n  a\n",
    "a last line of spaces": "- a\n ",
    "a backslash before spaces at the end of a line": "a\\ \nb",
    "a code span over two lines: the second's indentation": "- `\n a`",
    "emphasis up to the bracket of a link": "[_a>__](b)",
    "a deeply indented line that looks like a block": "   - a\n    # b\n",
    "a deeply indented line that looks like a fence": "   - a\n    ```\n",
    "a long paragraph": "a " * MAX_MARKS,
    "a long paragraph of a list": "- " + "a " * MAX_MARKS,
    "a long paragraph full of marks": "[a](b) " * MAX_MARKS,
    "nested emphasis": "**a *b " * 100 + "c* d**" * 100,
    "nested lists": "".join(f"{'  ' * depth}- a\n" for depth in range(MAX_NESTING)),
}
"""Where the two parsers differ, or only the reference engine knows what to do."""

LINES = [
    *(
        line
        for text in (*COVERED.values(), *HANDED_BACK.values())
        for line in text.splitlines()
        if len(line) < 100 and "\ud800" not in line  # no HTML is made of a lone surrogate
    ),
    *(
        "!!! tip",
        "??? tip",
        '=== "a"',
        ":::tip",
        ":::",
        "    a",
        "> [!tip] a",
        ": a",
        "- [ ] a",
        "a:: b",
    ),
    *("*[a]: b", "$$", "<details>", "</details>", "[TOC]", "## a {#b}", "{: .a}", "~ a"),
    *["", "", "", "- a", "1. b", "  c", "    d", "* **e:** f", "**g:** h", "|a|b|", "|-|-|"],
]
PIECES = [
    *"* ** *** _ __ ` `` a b é “ ” . , ( ) [ ] ]( ](x) \\* \\ &amp; & ! < > # - + 1. '".split(),
    *'" ~ : = $ € ² ^ — 😀 5 A*5 [a](b) <sub>2</sub> <sup>'.split(),
    *":a: == {.a} {#a} {a}`b` www.a.b https://a.b a@b.c [[a]] [!a] ::: !!! ??? x:: [TOC] ``` : ~".split(),
    *[" ", "  ", "    ", "\n", "\n\n", "\n- ", "\n  ", "\n* ", "\n1. ", "\n  - ", "](x (y) 'z')"],
]
OWN_FILES = sorted(
    path for folder in ("content", "tests", "docs") for path in (ROOT / folder).rglob("*.md")
)


def by_reference(text: str) -> MarkdownDocument:
    """What the reference engine makes of a text that starts in line 5 of its file."""
    return parse(text, 5, _published, by_reference=True)


def by_default(text: str) -> MarkdownDocument:
    """What both engines together make of it. Marks that it shows as typed are announced."""
    document = parse(text, 5, _published)
    assert document.may_have_typed_marks or not any(map(shows_marks, document.blocks))
    return document._replace(may_have_typed_marks=True)


def shows_marks(block: Block) -> bool:
    """Whether an asterisk or underscore is in the text or code of a block."""
    texts = [run.text for run in block.runs if run.kind in ("text", "code")]
    return any({"*", "_"} & {*text} for text in texts) or any(map(shows_marks, block.children))


def _published(address: str) -> str:
    return f"/{address}/"


def is_covered(text: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the fast engine reads all of a text itself."""
    handed_back: list[str] = []
    read = reference.read
    with monkeypatch.context() as patch:
        patch.setattr(
            reference, "read", lambda text, *rest: handed_back.append(text) or read(text, *rest)
        )
        by_default(text)
    return not handed_back


def body(path: Path) -> str:
    """A file without its front matter."""
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text


@pytest.mark.parametrize("name", COVERED)
def test_what_monographs_are_made_of(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_covered(COVERED[name], monkeypatch)
    assert by_default(COVERED[name]) == by_reference(COVERED[name])


@pytest.mark.parametrize("name", HANDED_BACK)
def test_what_only_the_reference_reads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_covered(HANDED_BACK[name], monkeypatch)
    assert by_default(HANDED_BACK[name]) == by_reference(HANDED_BACK[name])


def test_the_reference_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the fast engine was asked")

    text = "a\n\n    b *c*\n"
    expected = by_default(text)
    monkeypatch.setattr(pulldown, "read", refuse)
    assert by_reference(text) == expected
    with pytest.raises(AssertionError):
        by_default(text)


class PanicException(BaseException):
    """What a panic in Rust becomes in Python."""


class Interruption(BaseException):
    """What is not a panic."""


@pytest.mark.parametrize("fault", [PanicException, Interruption])
def test_only_a_panic_is_caught(
    fault: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Parser:
        def events_with_range(self, *_: object, **__: object) -> None:
            raise fault

    monkeypatch.setattr(pulldown, "_MARKDOWN", Parser())
    if fault is PanicException:
        assert by_default("a *b*") == by_reference("a *b*")
    else:
        with pytest.raises(fault):
            by_default("a *b*")


def test_the_two_limits_do_not_meet() -> None:
    # A text that the reference engine cuts off is never read by the fast one.
    assert pulldown.MAX_DEPTH < MAX_NESTING


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_our_own_files(path: Path) -> None:
    for text in (body(path), path.read_text(encoding="utf-8")):
        assert by_default(text) == by_reference(text)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_formularies(name: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((shared / "corpus" / name).rglob("*.md"))
    texts = [body(path) for path in paths]
    different = [
        path.name
        for path, text in zip(paths, texts, strict=True)
        if by_default(text) != by_reference(text)
    ]
    assert different == []
    assert len(paths) > 900
    assert sum(is_covered(text, monkeypatch) for text in texts) / len(texts) > MIN_COVERED


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "", "", " ", "  ", "   ", "    "]), st.sampled_from(LINES)),
        max_size=9,
    )
)
@settings(max_examples=1_500, deadline=None)
def test_lines_in_any_order(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(indent + line for indent, line in lines)
    assert by_default(text) == by_reference(text)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example("[_b>__]()")
@example("- `\n a`")
@settings(max_examples=1_500, deadline=None)
def test_marks_in_any_order(text: str) -> None:
    assert by_default(text) == by_reference(text)


@given(st.text(max_size=100) | st.text("*_`[]()\\&é€“ \n-ab", max_size=40))
@example("[](\\\n0)")
@example("[a](<b\\\nc>)")
@settings(max_examples=1_000, deadline=None)
def test_any_characters(text: str) -> None:
    assert by_default(text) == by_reference(text)


@given(st.sampled_from(OWN_FILES).map(body), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_files_after_accidents(text: str, chance: random.Random) -> None:
    lines = text.split("\n")
    first = chance.randrange(len(lines))
    lines = lines[first : first + 40]
    for _ in range(chance.randint(1, 6)):
        chance.choice(ACCIDENTS)(lines, chance)
    text = "\n".join(lines)
    assert by_default(text) == by_reference(text)


def _cut(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at][chance.randint(0, len(lines[at])) :]


def _insert_line(lines: list[str], chance: random.Random) -> None:
    lines.insert(chance.randint(0, len(lines)), chance.choice(LINES))


def _insert_piece(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + chance.choice(PIECES) + lines[at][place:]


def _indent(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.randint(1, 6) + lines[at]


ACCIDENTS: list[Callable[[list[str], random.Random], None]] = [
    _cut,
    _insert_line,
    _insert_piece,
    _indent,
]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[a](" * 20_000,
        "**a *b " * 20_000,
        "*a_ " * 20_000,
        "`" * 50_000,
        "- a\n" * 5_000,
        "- a\n\n" * 5_000,
        "1. " * 20_000,
        "a\n" * 20_000 + "=",
        "# *a\n" * 5_000,
        "&" * 50_000,
        "\\" * 50_000,
        "\n|a|" + "b|" * 500 + "\n|-|" + "-|" * 500 + "\n" + "|c|\n" * 500,
        "\n|a|\n|-|\n" + "|b|\n" * 5_000 + "c",
        "".join(f"{'  ' * depth}- a\n" for depth in range(1_000)),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_texts_made_to_be_slow(text: str) -> None:
    assert by_default(text) == by_reference(text)


def test_every_named_entity(monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(name for name in html5 if name.endswith(";"))
    text = "\n\n".join(f"a*&{name}*b [c](d?&{name})" for name in names)
    assert len(names) > 2_000
    assert is_covered(text, monkeypatch)
    assert by_default(text) == by_reference(text)
