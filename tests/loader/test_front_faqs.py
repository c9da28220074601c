"""Questions of front matter are repaired where the repair is certain, and refused where they are
not questions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_site.loader.front_faqs import is_same_text, repair_faqs
from monograph_site.model.source import Span
from monograph_site.model.strings import words
from monograph_site.source.schema import FaqText


def entry(question: str, answer: str = "") -> FaqText:
    """An entry as front matter has it."""
    return FaqText(question, answer, Span())


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is it safe?**\n\n**A:** Yes.", "A:** Yes."),
        ("Is it safe?**\n\nA: Yes.", "A: Yes."),
        ("Is it safe?**\n**A:** Yes.", "A**: Yes."),
        ("**Q1: Is it safe?** A: Yes.", "A: Yes."),
        ("Q: Is it safe?", "**A:** Yes."),
        ("### Q12: Is it safe?", "Answer: Yes."),
        ("Is it safe?\n\nYes.", "Yes."),
        ("Is it safe? **A:** Yes.", ""),
        ("Is it safe?**\n\n**A:** Yes.", ""),
        ("Is it\nsafe?", "Yes."),
    ],
)
def test_repairs(question: str, answer: str) -> None:
    result = repair_faqs([entry(question, answer)])
    assert [(pair.question, pair.answer) for pair in result.pairs] == [("Is it safe?", "Yes.")]
    assert result.repaired == 1
    assert result.fragments == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is it safe?", "Yes."),
        ("What is it? Why?", "A: B: C."[3:]),
        ("Is A: or B better?", "**A** is."),
        ("Is it safe?", "A vitamin: that is all."),
    ],
)
def test_correct_pairs_are_not_changed(question: str, answer: str) -> None:
    result = repair_faqs([entry(question, answer)])
    assert [(pair.question, pair.answer) for pair in result.pairs] == [(question, answer)]
    assert result.repaired == 0


@pytest.mark.parametrize(
    "question", ["Adults:** * One tablet.", "### Dosage", "One tablet.", "", "Dose?\n### Adults"]
)
def test_fragments_are_not_questions(question: str) -> None:
    result = repair_faqs([entry(question, "Text.")])
    assert result.pairs == ()
    assert [fragment.question for fragment in result.fragments] == [question]


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_entry_is_a_pair_or_a_fragment(question: str, answer: str) -> None:
    result = repair_faqs([entry(question, answer)])
    assert len(result.pairs) + len(result.fragments) == 1
    for pair in result.pairs:
        assert pair.question.endswith("?")
        assert set(words(pair.question)) <= set(words(question))


def test_same() -> None:
    assert is_same_text("**Yes**, it is.", "yes it is")
    assert not is_same_text("10 mg", "20 mg")
