"""The questions of a page with their places in its file, in its text or in its front matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import Faq


class QuestionOnPage(NamedTuple):
    """A question, its answer, and their lines."""

    faq: Faq
    page: Draft
    line: int
    """Of the question."""
    last: int
    """The line before the next question, or the page's last one."""

    def at_question(self, text: str) -> Problem:
        """A problem at the question's words."""
        return self.page.find(self.faq.question, text, self.line, self.last)

    def at_end(self, text: str) -> Problem:
        """A problem at the answer's last words."""
        words = " ".join(self.faq.answer_text.split("\n")[-1].split()[-4:])
        return self.page.find(words, text, self.line, self.last)


def questions_on(page: Draft, test: Callable[[Faq], object]) -> Iterator[QuestionOnPage]:
    """The published questions that pass a test, in the order of the page."""
    numbers = [number for number, faq in enumerate(page.body.faqs) if test(faq)]
    if not numbers:
        return
    lines = [pair.line for pair in page.body.pairs]
    lines = lines or [pair.span.line for pair in page.front_faqs.pairs]
    for number in numbers:
        last = lines[number + 1] - 1 if number + 1 < len(lines) else len(page.lines)
        yield QuestionOnPage(page.body.faqs[number], page, lines[number], max(last, lines[number]))


@lru_cache(maxsize=1)  # two rules ask for those of the same page
def repeated_questions(page: Draft) -> tuple[tuple[QuestionOnPage, Faq, int], ...]:
    """Questions that were asked before about the same medicine, with the first one and its line."""
    keys = [*map(_key, page.body.faqs)]
    if len(set(keys)) == len(keys):
        return ()
    counts = Counter(keys)
    repeated = []
    seen: dict[tuple[str | None, str], QuestionOnPage] = {}
    for question in questions_on(page, lambda faq: counts[_key(faq)] > 1):
        first = seen.setdefault(_key(question.faq), question)
        if first is not question:
            repeated.append((question, first.faq, first.line))
    return tuple(repeated)


def _key(faq: Faq) -> tuple[str | None, str]:
    return faq.subject, "".join(faq.question.lower().split()).rstrip("?.: ")
