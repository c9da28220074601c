"""answer-elsewhere (I309)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import Faq
from .. import rule
from ._questions import asked

_LONGEST = 140
_ELSEWHERE = re.compile(
    r"(?:please )?(?:(?:see|refer to|check|consult|read)\b[^.!?\d]*\b(?:above|below|sections?|earlier|previously)\b"
    r"|(?:this (?:is|was|has been) |it (?:is|was) )?(?:as )?(?:already )?(?:mentioned|described|stated|noted|listed|"
    r"outlined|discussed|covered|explained)\b[^.!?,\d]*\b(?:above|below|sections?|earlier|previously))\b[^.!?\d]*[.!]?",
    re.IGNORECASE,
)


@rule("I309", "answer-elsewhere")
def answer_elsewhere(page: Draft) -> Iterator[Problem]:
    """An answer that only sends the reader elsewhere: `See above.`

    Why it matters: questions are shown on pages of their own and by search engines, where nothing
    stands above.

    Wrong: `What is the usual dose?` answered `See the dosage section above.`

    Right: `What is the usual dose?` answered `Adults take 5 mg once a day.`

    How to fix: give the answer in a sentence, or remove the question.
    """
    for one in asked(page, _only_refers):
        said = f"{one.faq.question!r} is only answered {one.faq.answer_text.strip()[:60]!r}."
        yield one.at_question(f"{said}\nGive the answer, or remove the question.")


def _only_refers(faq: Faq) -> bool:
    return (
        len(faq.answer_text) <= _LONGEST
        and _ELSEWHERE.fullmatch(faq.answer_text.strip()) is not None
    )
