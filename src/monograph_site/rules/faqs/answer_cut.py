"""answer-cut (W310)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule
from .._endings import dangles, last_words
from ._questions import questions_on


@rule("W310", "answer-cut", about=_subjects.questions)
def answer_cut(page: Draft) -> Iterator[Problem]:
    """An answer breaks off in mid-sentence or ends with an ellipsis, and other questions follow it.

    Why it matters: the missing part may be the exception that applies to the reader. (An answer at
    the end of the page is reported as truncated text.)

    Wrong: `Can I drive?` answered `Yes, unless you`

    Right: `Can I drive?` answered `Yes, unless you feel tired.`

    How to fix: complete the sentence.
    """
    final = page.body.faqs[-1:]
    for question in questions_on(
        page, lambda faq: faq is not final[0] and _is_cut(faq.answer_text.strip())
    ):
        words = last_words(question.faq.answer_text.strip())
        yield question.at_end(f"The answer breaks off: {words!r}.\nComplete the sentence.")


def _is_cut(answer: str) -> bool:
    return answer.endswith(("...", "…")) or dangles(answer)
