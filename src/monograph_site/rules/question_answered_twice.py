"""question-answered-twice (W308)."""

from __future__ import annotations

from collections.abc import Iterator

from ..asked import asked
from ..diagnostics import Fault
from ..draft import Draft
from ..front_faqs import same
from ..text import squash
from . import rule


@rule("W308", "question-answered-twice")
def question_answered_twice(page: Draft) -> Iterator[Fault]:
    """The same question twice with different answers, about the same medicine.

    Why it matters: readers meet the one answer or the other, and only one can be right.

    Wrong: `Can I drive?` answered `Yes.` and, further down, `Not in the first week.`

    Right: the question once, with one answer.

    How to fix: find out which answer is right, and remove the other one.
    """
    seen: dict[tuple[str | None, str], tuple[str, int]] = {}
    for one in asked(page):
        key = (one.faq.subject, squash(one.faq.question))
        answer, line = seen.setdefault(key, (one.faq.answer_text, one.line))
        if line != one.line and not same(answer, one.faq.answer_text):
            said = f"{one.faq.question!r} has another answer at line {line}."
            yield one.at_question(f"{said}\nKeep the one that is right.")
