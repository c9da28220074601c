"""Citations are linked where they name a reference, and not changed where they may be something
else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_site.build.load import load_bytes, read_draft
from monograph_site.config import Config
from monograph_site.loader.citations import (
    Footnote,
    link_citations,
    take_footnotes,
    without_citations,
)
from monograph_site.markdown.blocks import inline_html, render
from monograph_site.markdown.html import strip_tags
from monograph_site.markdown.parser import parse
from monograph_site.model.monograph import Reference
from monograph_site.model.source import Source

REFERENCES = (
    Reference("ref-1", 1, "pain-book", "A book on pain"),
    Reference("ref-2", 2, "", "A book on fever"),
)


def linked(
    text: str, references: tuple[Reference, ...] = REFERENCES
) -> tuple[str, tuple[str, ...]]:
    """A Markdown text with its citations linked, as HTML, and those that name no reference."""
    cited = link_citations(parse(text).blocks, references)
    return render(cited.blocks, lambda block: inline_html(block.runs)).strip(), cited.unresolved


def link(number: int) -> str:
    """The link to a reference."""
    return f'<a href="#ref-{number}" aria-label="Reference {number}">{number}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [1]", f'a <span class="cite">[{link(1)}]</span>'),
        ("a [2, 1].", f'a <span class="cite">[{link(2)}, {link(1)}]</span>.'),
        ("a [1; 2]", f'a <span class="cite">[{link(1)}, {link(2)}]</span>'),
        ("a [1–2]", f'a <span class="cite">[{link(1)}–{link(2)}]</span>'),
        ("a [^pain-book]", f'a <span class="cite">[{link(1)}]</span>'),
        ("a [@pain-book]", f'a <span class="cite">[{link(1)}]</span>'),
        ("a [@pain-book, page 7]", f'a <span class="cite">[{link(1)}, page 7]</span>'),
        ("a [@pain-book; 2]", "a [@pain-book; 2]"),
        (
            "[see @pain-book, p. 3; also -@pain-book] a.",
            f'<span class="cite">[see {link(1)}, p. 3; also {link(1)}]</span> a.',
        ),
        (
            "As @pain-book says, @pain-book [p. 3] and @other.",
            f'As <span class="cite">[{link(1)}]</span> says, '
            f'<span class="cite">[{link(1)}, p. 3]</span> and @other.',
        ),
        ("a [b] [10 mg] [] [1a]", "a [b] [10 mg] [] [1a]"),
        ("**a [1]**", f'<strong>a <span class="cite">[{link(1)}]</span></strong>'),
        ("[a [1]](x) `[1]`", '<a href="x">a [1]</a> <code>[1]</code>'),
        ("a < b & c [1]", f'a &lt; b &amp; c <span class="cite">[{link(1)}]</span>'),
        ("a [@pain-book, p. 3 & 4]", f'a <span class="cite">[{link(1)}, p. 3 &amp; 4]</span>'),
    ],
)
def test_links(text: str, expected: str) -> None:
    assert linked(text) == (f"<p>{expected}</p>", ())


def test_in_tables_lists_and_quotes() -> None:
    html, unresolved = linked("| a [1] |\n|---|\n| b [2] |\n\n- c [1]\n\n> d [9]\n")
    assert html.count('<span class="cite">') == 3
    assert unresolved == ("[9]",)


@pytest.mark.parametrize(
    "raw",
    ["<abbr title='x>[1]<img src=x onerror=alert(1)>'>a</abbr>", '<b title="[1]">[1]</b>'],
)
def test_html_of_the_source_is_never_cut(raw: str) -> None:
    """Text in an attribute that a sanitiser does not escape stays in that attribute."""
    assert '<span class="cite">' not in linked(f"{raw}\n\nb")[0]


@pytest.mark.parametrize(
    "text", ["[3]", "[1, 3]", "[^fever-book]", "[@fever-book, page 7]", "[@pain-book; @fever-book]"]
)
def test_what_names_no_reference_is_reported_and_not_changed(text: str) -> None:
    assert linked(f"a {text}") == (f"<p>a {text}</p>", (text,))


def test_without_references_brackets_are_text() -> None:
    assert linked("a [1]", ()) == ("<p>a [1]</p>", ())


@given(
    st.lists(
        st.sampled_from(
            ["[1]", "[2, 1]", "[9]", "[^a]", "[", "]", "a", " ", "**", "<b>", "</b>", "`", "&"]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_the_words_stay(pieces: list[str]) -> None:
    text = "".join(pieces)
    without = render(parse(text).blocks, lambda block: inline_html(block.runs))
    visible = "".join(strip_tags(linked(text)[0]).split())
    assert visible == "".join(strip_tags(without).split())


def test_footnotes_leave_their_lines_blank() -> None:
    body = "a[^1]\n\n[^1]: A book\n  on pain.\n\n[^two]: Another.\nb\n"
    rest, notes = take_footnotes(body, 10)
    assert notes == (
        Footnote("1", "A book on pain.", 12, "A book\non pain."),
        Footnote("two", "Another.", 15),
    )
    assert rest == "a[^1]\n\n\n\n\n\nb\n"
    assert rest.count("\n") == body.count("\n")


def test_no_footnotes() -> None:
    assert take_footnotes("a [^1] b\n", 1) == ("a [^1] b\n", ())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It works [1].", "It works."),
        ("So do others [2, 1] and [^key].", "So do others and."),
        ("The gene HLA-B[57] stays [1]", "The gene HLA-B[57] stays"),
        ("Give [5–10] mg [1-2].", "Give [5–10] mg."),
        ("Nothing [here] goes.", "Nothing [here] goes."),
    ],
)
def test_citations_can_be_left_out(text: str, plain: str) -> None:
    assert without_citations(text, linked(text)[0]) == plain


@pytest.mark.parametrize(
    ("note", "html"),
    [
        ("See [a book](b.md), *2nd* ed.", 'See <a href="/b/">a book</a>, <em>2nd</em> ed.'),
        ("Plain & simple <5.", "Plain &amp; simple &lt;5."),
        ("- a *b*", "<ul>\n<li>a <em>b</em></li>\n</ul>"),
    ],
)
def test_a_footnote_has_the_markdown_of_the_body(note: str, html: str) -> None:
    source = Source("a.md", f"---\ntitle: A\n---\nText[^1].\n\n[^1]: {note}\n")
    (reference,) = read_draft(source, Config())[0].body.references
    assert reference.html == html


def test_a_footnote_below_its_key() -> None:
    rest, notes = take_footnotes("a[^1]\n\n[^1]:\n    A book\n    on pain.\n\nb\n", 1)
    note = Footnote("1", "A book on pain.", 3, "A book\non pain.")
    assert (notes, rest) == ((note,), "a[^1]\n\n\n\n\n\nb\n")


FOOTNOTES = {
    "in a callout": ("!!! note\n    a[^1]\n\n    [^1]: b **c**\n", "b <strong>c</strong>"),
    "in a list": ("- a[^1]\n\n  [^1]: b\n", "b"),
    "in a quotation": ("> a[^1]\n>\n> [^1]: b\n>     c\n", "b\nc"),
    "where it is cited": ("a^[see [c](https://d.example) `e`] f", 'see <a href="https://d.example" '
        'rel="nofollow noopener noreferrer">c</a> <code>e</code>'),
    "of several paragraphs": ("a[^1]\n\n[^1]: b\n\n    c\n\n    - d\n",
        "<p>b</p>\n<p>c</p>\n<ul>\n<li>d</li>\n</ul>"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOOTNOTES)
def test_markdown_in_footnotes(name: str) -> None:
    text, expected = FOOTNOTES[name]
    page = load_bytes("pages/a.md", f"---\ntitle: A\n---\n{text}".encode(), Config()).monograph
    assert page is not None
    assert [reference.html for reference in page.references] == [expected]
    shown = page.sections[0].html
    assert link(1) in shown
    assert "[^" not in shown
    assert "^[" not in shown


@pytest.mark.parametrize(
    "text", ["```\n[^1]: a\n```\n", "`a^[bc]`", "10^[9] and [^1]:", "a \\^[bc]"]
)
def test_no_footnotes_in_code_and_numbers(text: str) -> None:
    assert take_footnotes(f"[^1]\n\n{text}", 1) == (f"[^1]\n\n{text}", ())
