"""answer-cut (W310)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._endings import dangles, last_words
from ._questions import asked


@rule("W310", "answer-cut")
def answer_cut(page: Draft) -> Iterator[Problem]:
    """An answer that breaks off in mid-sentence or ends with an ellipsis, while other questions
    follow it.

    Why it matters: what is missing may be the exception that concerns the reader. (An answer that
    ends the page is reported as truncated text.)

    Wrong: `Can I drive?` answered `Yes, unless you`

    Right: `Can I drive?` answered `Yes, unless you feel tired.`

    How to fix: complete the sentence.
    """
    last = page.body.faqs[-1:]
    for one in asked(page, lambda faq: faq is not last[0] and _is_cut(faq.answer_text.strip())):
        answer = one.faq.answer_text.strip()
        yield one.at_end(f"The answer breaks off: {last_words(answer)!r}.\nComplete the sentence.")


def _is_cut(answer: str) -> bool:
    return answer.endswith(("...", "…")) or dangles(answer)
