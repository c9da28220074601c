"""question-answered-twice (W308)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.front_faqs import same
from ...model.finding import Problem
from .. import rule
from ._questions import repeated


@rule("W308", "question-answered-twice")
def question_answered_twice(page: Draft) -> Iterator[Problem]:
    """The same question twice with different answers, about the same medicine.

    Why it matters: readers meet the one answer or the other, and only one can be right.

    Wrong: `Can I drive?` answered `Yes.` and, further down, `Not in the first week.`

    Right: the question once, with one answer.

    How to fix: find out which answer is right, and remove the other one.
    """
    for one, first, line in repeated(page):
        if not same(first.answer_text, one.faq.answer_text):
            said = f"{one.faq.question!r} has another answer at line {line}."
            yield one.at_question(f"{said}\nKeep the one that is right.")
