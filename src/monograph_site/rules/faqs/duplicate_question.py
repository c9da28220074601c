"""duplicate-question (W307)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.front_faqs import same
from ...model.finding import Problem
from .. import rule
from ._questions import repeated


@rule("W307", "duplicate-question")
def duplicate_question(page: Draft) -> Iterator[Problem]:
    """The same question twice with the same answer, about the same medicine.

    Why it matters: one of the two will be mended some day, and the other one forgotten.

    Wrong: `### Q2: Can I drive?` and `### Q7: Can I drive?`, both answered `Yes.`

    Right: the question once.

    How to fix: remove one of them.
    """
    for one, first, line in repeated(page):
        if same(first.answer_text, one.faq.answer_text):
            yield one.at_question(
                f"{one.faq.question!r} is asked at line {line} already.\nRemove one of them."
            )
