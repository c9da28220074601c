"""question-without-mark (I306)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._questions import asked

_MARK = re.compile(r"[?？؟;][\s\"'”’)*_.:]*$")


@rule("I306", "question-without-mark", fixable=True)
def question_without_mark(page: Draft) -> Iterator[Problem]:
    """A question that does not end with a question mark.

    Why it matters: often its end is missing, or the answer has been taken for a part of it.

    Wrong: `### Q2: Can I drive`

    Right: `### Q2: Can I drive?`

    How to fix: complete the question.
    """
    for one in asked(page, lambda faq: _MARK.search(faq.question) is None):
        text = f"{one.faq.question[-60:]!r} has no question mark."
        yield one.at_question(f"{text}\nComplete the question.")
