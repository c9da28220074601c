"""question-holds-answer (W311)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._questions import asked

_HOLDS = re.compile(
    r"\bA(?:nswer|ns)?\s*\d{0,3}\s*:|\?\W*\s(?!or\b|and\b)[A-Z]\w+(?:[ ,][^?]*){2,}[.!]?$"
)


@rule("W311", "question-holds-answer")
def question_holds_answer(page: Draft) -> Iterator[Problem]:
    """A question with its answer, or a piece of it, inside.

    Why it matters: it is shown as one long question, and search engines get it so.

    Wrong: `- **Can I drive? Yes, if you feel well**`

    Right: `- **Can I drive?** Yes, if you feel well.`

    How to fix: take the answer out of the question.
    """
    for one in asked(page, lambda faq: _HOLDS.search(faq.question)):
        said = f"The question holds an answer: {one.faq.question[:80]!r}."
        yield one.at_question(f"{said}\nTake the answer out of the question.")
