"""Citations are linked where they name a reference, and left alone where they may be anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_site.loader.citations import (
    Footnote,
    link_citations,
    take_footnotes,
    without_citations,
)
from monograph_site.markdown.html import strip_tags
from monograph_site.model.monograph import Reference

REFERENCES = (
    Reference("ref-1", 1, "pain-book", "A book on pain"),
    Reference("ref-2", 2, "", "A book on fever"),
)


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
        ("a [b] [10 mg] [] [1a]", "a [b] [10 mg] [] [1a]"),
        ('<a href="x">[1]</a> [1]', f'<a href="x">[1]</a> <span class="cite">[{link(1)}]</span>'),
        ('<b title="[1]">a</b>', '<b title="[1]">a</b>'),
    ],
)
def test_links(text: str, expected: str) -> None:
    assert link_citations(text, REFERENCES) == (expected, ())


@pytest.mark.parametrize("text", ["[3]", "[1, 3]", "[^fever-book]", "[@fever-book, page 7]"])
def test_what_names_no_reference_is_left_and_told(text: str) -> None:
    assert link_citations(f"<p>a {text}</p>", REFERENCES) == (f"<p>a {text}</p>", (text,))


def test_without_references_brackets_are_text() -> None:
    assert link_citations("<p>a [1]</p>", ()) == ("<p>a [1]</p>", ())


@given(
    st.lists(
        st.sampled_from(
            ["[1]", "[2, 1]", "[9]", "[^a]", "[", "]", "a", " ", "<b>", "</b>", "<a x>", "</a>"]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_the_words_stay(pieces: list[str]) -> None:
    text = "".join(pieces)
    seen = "".join(strip_tags(link_citations(text, REFERENCES).html).split())
    assert seen == "".join(strip_tags(text).split())


def test_footnotes_leave_their_lines_blank() -> None:
    body = "a[^1]\n\n[^1]: A book\n  on pain.\n\n[^two]: Another.\nb\n"
    rest, notes = take_footnotes(body, 10)
    assert notes == (Footnote("1", "A book on pain.", 12), Footnote("two", "Another.", 15))
    assert rest == "a[^1]\n\n\n\n\n\nb\n"
    assert rest.count("\n") == body.count("\n")


def test_no_footnotes() -> None:
    assert take_footnotes("a [^1] b\n", 1) == ("a [^1] b\n", ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It works [1].", "It works."),
        ("So do others [2, 1] and [^key].", "So do others and."),
        ("The gene HLA-B[57] stays [1]", "The gene HLA-B[57] stays"),
        ("Give [5–10] mg [1-2].", "Give [5–10] mg."),
        ("Nothing [here] goes.", "Nothing [here] goes."),
    ],
)
def test_citations_can_be_left_out(text: str, left: str) -> None:
    assert without_citations(text, link_citations(text, REFERENCES).html) == left
