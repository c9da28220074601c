"""duplicate-question (W307)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.front_faqs import is_same_text
from ...model.finding import Problem
from .. import _subjects, rule
from ._questions import repeated_questions


@rule("W307", "duplicate-question", about=_subjects.questions)
def duplicate_question(page: Draft) -> Iterator[Problem]:
    """The same question is asked twice with the same answer, about the same medicine.

    Why it matters: one of the two will be corrected some day, and the other one forgotten.

    Wrong: `### Q2: Can I drive?` and `### Q7: Can I drive?`, both answered `Yes.`

    Right: the question once.

    How to fix: remove one of them.
    """
    for question, first, line in repeated_questions(page):
        if is_same_text(first.answer_text, question.faq.answer_text):
            message = f"{question.faq.question!r} is already asked on line {line}."
            yield question.at_question(f"{message}\nRemove one of them.")
