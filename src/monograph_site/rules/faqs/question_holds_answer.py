"""question-holds-answer (W311)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from ._questions import questions_on

_ANSWER = regex(
    r"\bA(?:nswer|ns)?\s*+\d{0,3}\s*+:"
    r"|\?[^\w?]*\s(?!or\b|and\b)[A-Z]\w+[ ,][^ ,?]*+[ ,][^?]*+$"
)


@rule("W311", "question-holds-answer")
def question_holds_answer(page: Draft) -> Iterator[Problem]:
    """A question contains its answer, or part of it.

    Why it matters: readers and search engines see one long question.

    Wrong: `- **Can I drive? Yes, if you feel well**`

    Right: `- **Can I drive?** Yes, if you feel well.`

    How to fix: move the answer out of the question.
    """
    for question in questions_on(page, lambda faq: _ANSWER.search(faq.question)):
        message = f"The question contains an answer: {question.faq.question[:80]!r}."
        yield question.at_question(f"{message}\nMove the answer out of the question.")
