"""duplicate-question (W307)."""

from __future__ import annotations

from collections.abc import Iterator

from ..asked import asked
from ..diagnostics import Fault
from ..draft import Draft
from ..front_faqs import same
from ..text import squash
from . import rule


@rule("W307", "duplicate-question")
def duplicate_question(page: Draft) -> Iterator[Fault]:
    """The same question twice with the same answer, about the same medicine.

    Why it matters: one of the two will be mended some day, and the other one forgotten.

    Wrong: `### Q2: Can I drive?` and `### Q7: Can I drive?`, both answered `Yes.`

    Right: the question once.

    How to fix: remove one of them.
    """
    seen: dict[tuple[str | None, str], tuple[str, int]] = {}
    for one in asked(page):
        key = (one.faq.subject, squash(one.faq.question))
        answer, line = seen.setdefault(key, (one.faq.answer_text, one.line))
        if line != one.line and same(answer, one.faq.answer_text):
            yield one.at_question(f"{one.faq.question!r} is asked at line {line} already.\nRemove one of them.")
