"""question-without-mark (I306)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import Faq
from ...regex import regex
from .. import _subjects, rule
from ._questions import questions_on

_QUESTION_MARK = regex(r"[?？؟;][\s\"'”’)*_.:]*$")


@rule("I306", "question-without-mark", about=_subjects.questions)
def question_without_mark(page: Draft) -> Iterator[Problem]:
    """A question does not end with a question mark.

    Why it matters: often its end is missing, or the answer was taken for part of it.

    Wrong: `### Q2: Can I drive`

    Right: `### Q2: Can I drive?`

    How to fix: complete the question.
    """
    for question in questions_on(page, _lacks_mark):
        words = question.faq.question[-60:]
        yield question.at_question(f"{words!r} has no question mark.\nComplete the question.")


def _lacks_mark(faq: Faq) -> bool:
    return not faq.question.endswith("?") and _QUESTION_MARK.search(faq.question) is None
