"""answer-elsewhere (I309)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import Faq
from ...regex import regex
from .. import _subjects, rule
from ._questions import questions_on

_MAX_REFERENCE = 140
"""Characters of an answer that only refers to another place."""
_PLACES = frozenset("above below section sections earlier previously".split())
_PLACE = rf"\b(?:{'|'.join(sorted(_PLACES))})\b"
_REFERENCE = regex(
    rf"(?:please )?(?:(?:see|refer to|check|consult|read)\b[^.!?\d]*{_PLACE}"
    r"|(?:this (?:is|was|has been) |it (?:is|was) )?(?:as )?(?:already )?(?:mentioned|described"
    r"|stated|noted|listed|outlined|discussed|covered|explained)\b[^.!?,\d]*"
    rf"{_PLACE})[^.!?\d]*[.!]?",
    re.IGNORECASE,
)


@rule("I309", "answer-elsewhere", languages=("en",), about=_subjects.questions)
def answer_elsewhere(page: Draft) -> Iterator[Problem]:
    """An answer only refers the reader elsewhere: `See above.`

    Why it matters: questions are also shown on other pages and by search engines, where there is
    nothing above.

    Wrong: `What is the usual dose?` answered `See the dosage section above.`

    Right: `What is the usual dose?` answered `Adults take 5 mg once a day.`

    How to fix: answer in a sentence, or remove the question.
    """
    if page.words.isdisjoint(_PLACES):
        return
    for question in questions_on(page, _only_refers):
        answer = question.faq.answer_text.strip()[:60]
        message = f"The answer to {question.faq.question!r} is only a reference: {answer!r}."
        yield question.at_question(f"{message}\nGive the answer, or remove the question.")


def _only_refers(faq: Faq) -> bool:
    text = faq.answer_text
    return len(text) <= _MAX_REFERENCE and _REFERENCE.fullmatch(text.strip()) is not None
