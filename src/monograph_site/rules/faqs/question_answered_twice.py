"""question-answered-twice (W308)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.front_faqs import is_same_text
from ...model.finding import Problem
from .. import _subjects, rule
from ._questions import repeated_questions


@rule("W308", "question-answered-twice", about=_subjects.questions)
def question_answered_twice(page: Draft) -> Iterator[Problem]:
    """The same question is asked twice with different answers, about the same medicine.

    Why it matters: readers see one answer or the other, and only one can be right.

    Wrong: `Can I drive?` answered `Yes.` and, further down, `Not in the first week.`

    Right: the question once, with one answer.

    How to fix: find out which answer is right, and remove the other one.
    """
    for question, first, line in repeated_questions(page):
        if not is_same_text(first.answer_text, question.faq.answer_text):
            message = f"{question.faq.question!r} has a different answer on line {line}."
            yield question.at_question(f"{message}\nKeep the one that is right.")
