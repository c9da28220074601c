"""faq-disagrees (W303)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ...loader.draft import Draft
from ...loader.front_faqs import is_same_text
from ...model.finding import Problem
from ...model.strings import squash
from ...regex import regex
from .. import _subjects, rule

_TAG = regex(r"</?(?:sub|sup|i|b|em|strong|u|br ?/?)>", re.IGNORECASE)
"""The text's answers have no tags; `<24` and `>33` are not tags."""


@rule("W303", "faq-disagrees", languages=("en",), about=_subjects.front_faqs)
def faq_disagrees(page: Draft) -> Iterator[Problem]:
    """Front matter and text answer one question differently. The text's answer is shown.

    Why it matters: one of the two answers is wrong, and search engines may show the other one.

    Wrong: `a: 10 mg` in front matter, `20 mg` in the text.

    Right: the question in one place only.

    How to fix: find out which answer is right, and remove `faqs` from the front matter.
    """
    if not (page.front_faqs.pairs and page.body.pairs):
        return
    answers: dict[str, list[str]] = {}
    for faq in page.body.faqs:
        answers.setdefault(squash(faq.question), []).append(faq.answer_text)
    for pair in page.front_faqs.pairs:
        in_text = answers.get(squash(pair.question))
        if not in_text or pair.answer in in_text:
            continue
        answer = unescape(_TAG.sub("", pair.answer) if "<" in pair.answer else pair.answer)
        if answer and not any(_agree(answer, text) for text in in_text):
            message = f"The text answers {pair.question!r} differently, and is what readers see."
            yield Problem(pair.span, f"{message}\nRemove `faqs`, or correct it.")


def _agree(answer: str, text: str) -> bool:
    """Whether an answer in front matter is the one of the text, or contains it."""
    return is_same_text(answer, text) or squash(text) in squash(answer)
