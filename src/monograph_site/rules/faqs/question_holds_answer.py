"""question-holds-answer (W311)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import Faq
from ...regex import regex
from .. import _subjects, rule
from ._questions import questions_on

_ANSWER = regex(
    r"\bA(?:nswer|ns)?\s*+\d{0,3}\s*+:"
    r"|\?[^\w?]*\s(?!or\b|and\b)[A-Z]\w+[ ,][^ ,?]*+[ ,][^?]*+$"
)


@rule("W311", "question-holds-answer", about=_subjects.questions)
def question_holds_answer(page: Draft) -> Iterator[Problem]:
    """A question contains its answer, or part of it.

    Why it matters: readers and search engines see one long question.

    Wrong: `- **Can I drive? Yes, if you feel well**`

    Right: `- **Can I drive?** Yes, if you feel well.`

    How to fix: move the answer out of the question.
    """
    for question in questions_on(page, _holds_answer):
        message = f"The question contains an answer: {question.faq.question[:80]!r}."
        yield question.at_question(f"{message}\nMove the answer out of the question.")


def _holds_answer(faq: Faq) -> bool:
    """Whether an answer follows in the text of a question, after a label or a question mark."""
    question = faq.question
    return (":" in question or "?" in question[:-1]) and _ANSWER.search(question) is not None
