"""Cutting inline text keeps every character, on one side or the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_site.markdown.blocks import Run, inline_html, inline_text, text_run
from monograph_site.markdown.html import strip_tags
from monograph_site.markdown.inline import (
    cut_prefix,
    runs_without_bold_marks,
    slice_runs,
    without_bold_marks,
)
from monograph_site.markdown.parser import parse

INLINE = (
    "word & < 10 *a* **b** ***c*** `d` [e](f) **g *h* i** <sub>j</sub> ~~k~~ **l & m** \n".split(
        " "
    )
)
RUNS = st.lists(st.sampled_from(INLINE), min_size=1, max_size=12).map(
    lambda found: runs("x " + " ".join(found) + " y")
)


def runs(text: str) -> tuple[Run, ...]:
    """The runs of a paragraph."""
    return parse(text).blocks[0].runs


def seen(html: str) -> str:
    """The characters of HTML without white space."""
    return "".join(strip_tags(html).split())


@given(RUNS, st.data())
@settings(max_examples=300, deadline=None)
def test_two_slices_are_the_whole(found: tuple[Run, ...], data: st.DataObject) -> None:
    text = inline_text(found)
    at = data.draw(st.integers(0, len(text)))
    left, right = slice_runs(found, 0, at), slice_runs(found, at, None)
    assert inline_text(left) + inline_text(right) == text
    assert seen(inline_html(left)) + seen(inline_html(right)) == seen(inline_html(found))


@given(RUNS, st.data())
@settings(max_examples=300, deadline=None)
def test_a_prefix_is_cut_or_the_run_stays_whole(
    found: tuple[Run, ...], data: st.DataObject
) -> None:
    text = inline_text(found)
    length = data.draw(st.integers(0, len(text)))
    left = inline_text(cut_prefix(found, length))
    assert text.endswith(left)
    assert len(left) >= len(text) - length


@given(RUNS)
@settings(max_examples=100, deadline=None)
def test_nothing_cut_is_nothing_changed(found: tuple[Run, ...]) -> None:
    assert slice_runs(found, 0, None) == found
    assert cut_prefix(found, 0) == tuple(run for run in found if run.text)
    assert slice_runs(found, 0, 0) == ()


def test_emphasis_is_cut_in_two() -> None:
    found = runs("**Is it? A: Yes.** Really.")
    assert inline_html(slice_runs(found, 0, 6)) == "<strong>Is it?</strong>"
    assert inline_html(slice_runs(found, 7, None)) == "<strong>A: Yes.</strong> Really."


def test_a_link_is_never_cut() -> None:
    found = runs("a [bcd](e) f")
    assert inline_html(slice_runs(found, 0, 4)) == 'a <a href="e">bcd</a>'
    assert inline_html(slice_runs(found, 4, None)) == " f"


def test_a_prefix_inside_nested_emphasis_goes() -> None:
    assert (
        inline_html(cut_prefix(runs("**Q1: is *it* safe?**"), 4))
        == "<strong>is <em>it</em> safe?</strong>"
    )
    assert (
        inline_html(cut_prefix(runs("***Q1: safe & sound?***"), 4))
        == "<em><strong>safe &amp; sound?</strong></em>"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("**Yes", "Yes"),
        ("Yes.**", "Yes."),
        ("Take:**Two", "Take:Two"),
        ("safe? ** Yes", "safe?  Yes"),
        ("**5 mg** and 6 mg**", "5 mg and 6 mg"),
        ("***a", "*a"),
    ],
)
def test_marks_left_of_bold_go(text: str, left: str) -> None:
    assert without_bold_marks(text) == left
    assert runs_without_bold_marks([text_run(text)]) == (text_run(left),)


@pytest.mark.parametrize(
    "text",
    [
        "10 ** 6",
        "n ** 2",
        "10** 6",
        "10 **6",
        *"10**6 10**-6 10**(n) (1+2)**3 m**2 2**n 10.**5 1/**2 10**.5 a*b".split(),
    ],
)
def test_what_may_be_part_of_a_number_stays(text: str) -> None:
    assert without_bold_marks(text) == text


def test_code_and_links_keep_their_asterisks() -> None:
    found = runs("**Is `**kwargs` or `10`**6 [**x](y) safe?")
    assert inline_html(runs_without_bold_marks(found)) == (
        'Is <code>**kwargs</code> or <code>10</code>**6 <a href="y">**x</a> safe?'
    )
    emphasis = Run("em", "a **b", "<em>a **b</em>")
    assert inline_html(runs_without_bold_marks([emphasis])) == "<em>a b</em>"


@given(st.text(st.sampled_from("19.,*/ -<>a("), max_size=12))
@settings(max_examples=500, deadline=None)
def test_no_two_numbers_become_one(text: str) -> None:
    assert re.findall(r"\d+", without_bold_marks(text)) == re.findall(r"\d+", text)
