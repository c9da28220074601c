"""What is not valid YAML is told in an author's words, at the place that must be mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_site.safe_yaml import read_yaml
from monograph_site.text import Source, Span


@pytest.mark.parametrize(
    ("text", "line", "column", "length", "words", "hint"),
    [
        ("title: Examplin: a medicine", 1, 16, 1, "The value of 'title' has a colon", "Put it in quotes."),
        ("title: Examplin\n kind: drug", 2, 2, 4, "The key 'kind' is indented", "Indent it as the other keys"),
        ("title: Examplin\n\tkind: drug", 2, 1, 1, "A tab is no indentation", "Indent with spaces."),
        ("title: @home", 1, 8, 1, "A value can't start with '@'.", "Put the value in quotes."),
        ("title: *x and y", 1, 8, 8, "'*x and y' refers to", "Put the value in quotes."),
        ('a: 1\ntitle: "Examplin\nkind: drug', 2, 8, 1, "The quote that starts here", "Close it"),
        ("brands: [Examplo\nkind: drug", 1, 9, 1, "The bracket '[' that starts here", "Close it"),
        ("brands: {name: Examplo\nkind: drug", 1, 9, 1, "The bracket '{' that starts here", "Close it"),
        ("title: X\nSome text\nkind: drug\n", 2, 1, 9, "'Some text' is no line of 'key: value'", "Indent it"),
        ('title: "Examplin" tablets', 1, 19, 7, "'tablets' stands behind the closing quote", "whole value in quotes"),
        ("brands:\n  - a\n b: c", 3, 2, 1, "Not valid YAML: ", "Check indentation"),
    ],
)
def test_a_complaint(text: str, line: int, column: int, length: int, words: str, hint: str) -> None:
    [found] = read_yaml(text, Source("drugs/x.md", text)).diagnostics
    assert (found.code, found.span, found.length) == ("E010", Span(line, column), length)
    assert words in found.message
    assert hint in found.hint


@given(st.text("ab:\n\t -[]{}\"'*&!@#|>%?,.", max_size=60))
def test_any_text_is_read_or_complained_of_in_its_bounds(text: str) -> None:
    for found in read_yaml(text, Source("drugs/x.md", text)).diagnostics:
        assert found.message
        assert "\n" not in found.message + found.hint
        assert 1 <= found.span.line <= text.count("\n") + 1
