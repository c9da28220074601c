"""question-holds-answer (W311)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..asked import asked
from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_HOLDS = re.compile(r"\bA(?:nswer|ns)?\s*\d{0,3}\s*:|\?\W*\s(?!or\b|and\b)[A-Z]\w+(?:[ ,][^?]*){2,}[.!]?$")


@rule("W311", "question-holds-answer")
def question_holds_answer(page: Draft) -> Iterator[Fault]:
    """A question with its answer, or a piece of it, inside.

    Why it matters: it is shown as one long question, and search engines get it so.

    Wrong: `### Can I drive? A: Yes, if you feel well`

    Right: `### Can I drive?` and below it `Yes, if you feel well.`

    How to fix: put the answer on a line of its own below the question.
    """
    for one in asked(page):
        if _HOLDS.search(one.faq.question):
            said = f"The question holds an answer: {one.faq.question[:80]!r}."
            yield one.at_question(f"{said}\nPut the answer on a line of its own.")
