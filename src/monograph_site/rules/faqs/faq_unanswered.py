"""faq-unanswered (W302)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W302", "faq-unanswered", about=_subjects.questions)
def faq_unanswered(page: Draft) -> Iterator[Problem]:
    """A question has no answer. It is shown without one. One finding per file, at the first of them.

    Why it matters: readers with exactly this question find a gap.

    Wrong: a heading `### Q3: Is it safe?` directly above the next question.

    Right: the same with a sentence below it.

    How to fix: answer the question, or remove it.
    """
    unanswered = [
        (faq.question, pair.line)
        for faq, pair in zip(page.body.faqs, page.body.pairs, strict=False)
        if not faq.answer_text.strip()
    ]
    if unanswered:
        question, line = unanswered[0]
        more = len(unanswered) - 1
        others = f" (and {more} more in this file)" if more else ""
        message = f"{question!r} has no answer{others}.\nAnswer the question, or remove it."
        yield page.at(line, message)
