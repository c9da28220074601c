"""Markdown becomes blocks whose words and lines are the source's, whatever the source is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline

from monograph_site.markdown.blocks import Block, inline_html, inline_text, render, text_run, trim
from monograph_site.markdown.html import (
    balanced,
    harmless,
    is_element,
    safe_url,
    sanitise,
    strip_tags,
)
from monograph_site.markdown.limits import MAX_INLINE, MAX_MARKS, MAX_NESTING
from monograph_site.markdown.operators import keep_operators
from monograph_site.markdown.parser import parse
from monograph_site.markdown.repairs import repair
from monograph_site.model.strings import squash, words

# Text as people and machines type it: words between everything Markdown and HTML give a meaning to.
PIECES = st.sampled_from(
    "word café 10 mg A*1 B12 * ** _ __ ` ``` # ## > - + 1. 2) | |-|- [ ] ( ) [a](b) ![a](b) <b> </b> <script> <!-- --> "
    "<x& &amp; &lt; \\ ~~ : ? Q: A: --- === [^1] [^1]: [1]".split()
) | st.sampled_from(["\n", "\n\n", " ", "    ", "\t", "  \n"])
MESS = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join)
PROSE = st.lists(
    st.sampled_from(
        ["for", "pain", "7", " ", "  ", ", ", ". ", ":", "-", "?", "(", ")", "**", "é", "Q: "]
    ),
    max_size=30,
)


def html(text: str) -> str:
    """A text as HTML, headings as plain paragraphs."""
    return render(parse(text).blocks, lambda block: f"<p>{inline_html(block.runs)}</p>\n")


def flat(blocks: tuple[Block, ...]) -> list[Block]:
    """All blocks, outer ones first."""
    return [inner for block in blocks for inner in (block, *flat(block.children))]


@given(MESS | st.text(st.characters(exclude_characters="\r\x00"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    document = parse(text, 5)
    last = 5 + text.count("\n")
    for block in flat(document.blocks):
        assert 5 <= block.line <= max(block.last, block.line) <= last
    assert all(5 <= line <= last for _, line, _ in document.notes)
    made = html(text)
    assert "<script" not in made
    assert not re.search(r"<[^>]*\son\w+=", made)


@given(
    st.lists(
        st.sampled_from("word café 10 mg A*1 *a* **b** `c` # > - 1. \n \n\n ( ) : ?".split(" ")),
        max_size=60,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = " ".join(pieces)
    seen = words("\n".join(block.text for block in parse(text).blocks))
    # The numbers of list items are not words of theirs; everything else is.
    assert [word for word in seen if word != "1"] == [word for word in words(text) if word != "1"]


@given(MESS)
@settings(max_examples=200, deadline=None)
def test_text_and_html_say_the_same(text: str) -> None:
    for block in flat(parse(text).blocks):
        if block.runs and not any(run.kind == "image" for run in block.runs):
            assert squash(strip_tags(inline_html(block.runs))) == squash(inline_text(block.runs))


@given(PROSE.map("".join).filter(lambda text: "::" not in text))  # a field: see test_extensions
@settings(max_examples=500, deadline=None)
def test_the_quick_way_reads_what_the_parser_reads(text: str) -> None:
    line = f"x {text}".rstrip()
    slow = MarkdownIt("commonmark")
    keep_operators(slow)
    (block,) = parse(line, by_reference=True).blocks
    assert inline_html(block.runs) == slow.renderInline(repair(line))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HLA-B*5701 and HLA-B*58:01", "<p>HLA-B*5701 and HLA-B*58:01</p>\n"),
        ("10**6 to 10**9", "<p>10**6 to 10**9</p>\n"),
        ("**10**6 to 10**9 CFU**", "<p><strong>10**6 to 10**9 CFU</strong></p>\n"),
        ("7 kg/m**2 or 8 kg/m**2", "<p>7 kg/m**2 or 8 kg/m**2</p>\n"),
        ("weight*2 or weight*3", "<p>weight*2 or weight*3</p>\n"),
        ("10**-6, (1+2)**3 and 2**(n+1)", "<p>10**-6, (1+2)**3 and 2**(n+1)</p>\n"),
        ("**at most 10**-20", "<p><strong>at most 10</strong>-20</p>\n"),
        ("vitamin B**12** and T*c*", "<p>vitamin B<strong>12</strong> and T<em>c</em></p>\n"),
        ("**Vitamin C**5 mg", "<p><strong>Vitamin C</strong>5 mg</p>\n"),
        ("`5\\*3` [a](b2*3)", '<p><code>5\\*3</code> <a href="b2*3">a</a></p>\n'),
        ("![x2*3](y)", "<p>x2*3</p>\n"),
        ("<p>CYP2D6*4</p>", "<p>CYP2D6*4</p>"),
        (">5 mg\n>6 mg", "<p>&gt;5 mg\n&gt;6 mg</p>\n"),
        ("> 5 of\n> them", "<blockquote>\n<p>5 of\nthem</p>\n</blockquote>\n"),
        ("5 * 3 is 15, *not* 8", "<p>5 * 3 is 15, <em>not</em> 8</p>\n"),
        ("`CYP2D6*4` and `2**3`", "<p><code>CYP2D6*4</code> and <code>2**3</code></p>\n"),
        ("8CO<sub>2</sub>", "<p>8CO<sub>2</sub></p>\n"),
        ("<i>a *b* c</i> d", "<p><i>a <em>b</em> c</i> d</p>\n"),
        ("`a` **b <sub>2</sub> c**", "<p><code>a</code> <strong>b <sub>2</sub> c</strong></p>\n"),
        ("&lt;b&gt; &amp; &copy;", "<p>&lt;b&gt; &amp; ©</p>\n"),
        ("<drug name>", "&lt;drug name&gt;"),
        ("take <drug name>", "<p>take &lt;drug name&gt;</p>\n"),
        ("<p>a</p> if <p 0.05", "<p>a</p> if &lt;p 0.05"),
        ("<!-- a < b --><p>c</p>", "<p>c</p>"),
        ("<!-- without end\n\nthe rest", "<p>&lt;!-- without end</p>\n<p>the rest</p>\n"),
        ("<template>a</template> b", "<p>a b</p>\n"),
        ("a\nb\\\nc", "<p>a\nb<br>\nc</p>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("~~a~~", "<p><s>a</s></p>\n"),
        ("![a pill](/pill.png)", "<p>a pill</p>\n"),
        (
            "![a pill](https://example.org/pill.png)",
            '<p><a href="https://example.org/pill.png" rel="nofollow noopener noreferrer">a pill</a></p>\n',
        ),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("", ""),
    ],
)
def test_markup(text: str, expected: str) -> None:
    assert html(text) == expected


def test_links_go_where_the_caller_says() -> None:
    (block,) = parse("[a](b.md)", link=lambda address: f"/{address}/").blocks
    assert inline_html(block.runs) == '<a href="/b.md/">a</a>'


def test_lines_are_those_of_the_file() -> None:
    blocks = parse("# a\n\nb\nc\n\n- d\n- e\n\n    - f\n", 10).blocks
    found = [(block.kind, block.line, block.last) for block in flat(blocks) if block.kind != "item"]
    assert found[:4] == [
        ("heading", 10, 10),
        ("paragraph", 12, 13),
        ("list", 15, 18),
        ("paragraph", 15, 15),
    ]
    assert found[-1] == ("paragraph", 18, 18)


def test_a_list_that_four_spaces_would_make_code() -> None:
    document = parse("Take:\n\n    - one\n    - two\n", 3)
    assert [block.kind for block in document.blocks] == ["paragraph", "list"]
    assert document.notes == (("indented-list", 5, "- one"),)


@pytest.mark.parametrize(
    "marks", ["> " * MAX_NESTING, "- " * MAX_NESTING, "1. " * MAX_NESTING, " " * 5 * MAX_NESTING]
)
def test_endless_nesting_is_shown_as_typed(marks: str) -> None:
    document = parse(f"a\n\n{marks}b < c\n", 3)
    assert [block.kind for block in document.blocks] == ["code"]
    assert [(what, line) for what, line, _ in document.notes] == [("deep-nesting", 5)]
    assert "b &lt; c" in document.blocks[0].html


@pytest.mark.parametrize("rule", ["-" * 200, "* " * 100, "- - -" * 40, "_" * 100])
def test_a_long_rule_is_no_nesting(rule: str) -> None:
    document = parse(f"a\n\n{rule}\n\nb")
    assert [block.kind for block in document.blocks] == ["paragraph", "rule", "paragraph"]
    assert document.notes == ()


@pytest.mark.parametrize(
    "text", ["[a](b) " * MAX_MARKS, "*a _b " * MAX_MARKS, "&amp; " + "a" * MAX_INLINE]
)
def test_a_paragraph_made_to_be_slow_is_shown_as_typed(text: str) -> None:
    document = parse(text)
    assert [(run.kind, run.text) for run in document.blocks[0].runs] == [("text", text.strip())]
    assert [what for what, _, _ in document.notes] == ["long-paragraph"]


def test_the_parser_is_asked_only_where_there_is_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = ParserInline.parse
    monkeypatch.setattr(
        ParserInline,
        "parse",
        lambda self, text, *rest: asked.append(text) or read(self, text, *rest),
    )
    parse("[a](b) " * MAX_MARKS + "\n\n*c*\n\n**d** e\n", by_reference=True)
    assert asked == ["*c*"]


def test_trim() -> None:
    runs = parse("**a** b").blocks[0].runs
    space = text_run("  ")
    assert trim((space, *runs, space)) == runs
    assert trim((space,)) == ()


@given(MESS | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_sanitised_html_does_nothing(text: str) -> None:
    clean = sanitise(text)
    assert not re.search(
        r"<(script|iframe|style|img|svg|object|form|input|link|meta|base)\b", clean, re.IGNORECASE
    )
    assert not re.search(r"<[^>]*\s(on\w+|style|class|id|src)\s*=", clean, re.IGNORECASE)
    assert not re.search(
        r"(javascript|data|vbscript):",
        " ".join(re.findall(r'href="([^"]*)"', clean)),
        re.IGNORECASE,
    )
    assert sanitise(clean) == clean


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org", True),
        ("HTTP://example.org", True),
        ("mailto:a@example.org", True),
        ("tel:+100", True),
        ("/drugs/x/", True),
        ("x.md#usage", True),
        ("javascript:x()", False),
        (" JaVaScRiPt:x()", False),
        ("\x01javascript:x()", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_addresses(address: str, safe: bool) -> None:
    assert safe_url(address) is safe


def test_tags() -> None:
    assert harmless("<sub>")
    assert harmless("</SUP>")
    assert not harmless('<sub onclick="x">')
    assert not harmless("<script>")
    assert is_element("<script>")
    assert is_element("<!-- a -->")
    assert not is_element("<drug name>")
    assert balanced(["<b>", "<br>", "<i>", "</i>", "</b>"])
    assert not balanced(["<b>", "<i>", "</b>", "</i>"])
    assert not balanced(["</b>"])


def test_half_a_character_in_raw_html_is_replaced() -> None:
    assert "a\ufffdb" in parse("<u x>a\ud800b</u>").blocks[0].text


def test_a_heading_in_html_keeps_its_id() -> None:
    html = sanitise('<h3 id="who" class="x">Who</h3><h4>What</h4>')
    assert html == '<h3><a id="who"></a>Who</h3><h4>What</h4>'
