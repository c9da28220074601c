"""A prefix of a question or answer is the same in every place that may have one."""

from __future__ import annotations

import pytest

from monograph_site.build.load import load_source
from monograph_site.config import Config
from monograph_site.loader.faq_prefixes import is_question
from monograph_site.loader.front_faqs import repair_faqs
from monograph_site.model.source import Source, Span
from monograph_site.source.schema import FaqText

QUESTIONS = ["Q:", "Q1:", "Q12.", "Q. 3:", "Question:", "Question 2)", "Ques 1:"]
ANSWERS = ["A:", "A1:", "A2.", "Ans:", "Ans.", "Answer:", "Answer 3:", "**A:**"]


def body_pairs(faqs: str) -> list[tuple[str, str]]:
    """The questions and answers that a body with this FAQ section has."""
    text = f"---\ntitle: Examplin\n---\n## Uses\n\nFor pain.\n\n## FAQs\n\n{faqs}\n"
    monograph = load_source(Source("drugs/examplin.md", text), Config()).monograph
    assert monograph is not None
    return [(faq.question, faq.answer_text) for faq in monograph.faqs]


@pytest.mark.parametrize("prefix", QUESTIONS)
def test_prefixes_of_questions(prefix: str) -> None:
    question = f"{prefix} Is it safe?"
    assert is_question(f"{prefix} Tell me of its safety")
    assert body_pairs(f"### {question}\n\nYes.") == [("Is it safe?", "Yes.")]
    assert body_pairs(f"**{question}** Yes.") == [("Is it safe?", "Yes.")]
    repaired = repair_faqs([FaqText(question, "Yes.", Span())]).pairs
    assert [pair.question for pair in repaired] == ["Is it safe?"]


@pytest.mark.parametrize("prefix", ANSWERS)
def test_prefixes_of_answers(prefix: str) -> None:
    answer = f"{prefix} Yes."
    assert body_pairs(f"### Is it safe?\n\n{answer}") == [("Is it safe?", "Yes.")]
    assert body_pairs(f"* **Is it safe?** {answer}") == [("Is it safe?", "Yes.")]
    repaired = repair_faqs([FaqText("Is it safe?", answer, Span())]).pairs
    assert [pair.answer for pair in repaired] == ["Yes."]


@pytest.mark.parametrize(
    "text", ["Quality of life:", "A vitamin: that is all.", "Qualified for: x"]
)
def test_words_that_begin_like_a_prefix(text: str) -> None:
    assert not is_question(text)
    assert body_pairs(f"### Is it safe?\n\n{text}") == [("Is it safe?", text)]
