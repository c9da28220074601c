"""faq-disagrees (W303)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ...loader.draft import Draft
from ...loader.front_faqs import same
from ...model.finding import Problem
from ...model.strings import squash
from .. import rule

_TAG = re.compile(r"</?(?:sub|sup|i|b|em|strong|u|br ?/?)>", re.IGNORECASE)
"""The text's answers come without tags; `<24` and `>33` are none."""


@rule("W303", "faq-disagrees")
def faq_disagrees(page: Draft) -> Iterator[Problem]:
    """Front matter and text answer one question differently. The text's answer is shown.

    Why it matters: one of the two answers is wrong, and search engines may show the other one.

    Wrong: `a: 10 mg` in front matter, `20 mg` in the text.

    Right: the question in one place only.

    How to fix: find out which answer is right, and remove the front matter's `faqs`.
    """
    answers: dict[str, list[str]] = {}
    for faq in page.body.faqs:
        answers.setdefault(squash(faq.question), []).append(faq.answer_text)
    for pair in page.front_faqs.pairs if page.body.pairs else ():
        found = answers.get(squash(pair.question))
        answer = unescape(_TAG.sub("", pair.answer))
        if (
            found
            and answer
            and not any(same(answer, one) or squash(one) in squash(answer) for one in found)
        ):
            message = f"{pair.question!r} is answered differently in the text, which is shown."
            yield Problem(pair.span, f"{message}\nRemove `faqs`, or mend it.")
