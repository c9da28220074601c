"""The questions of a page with their places in its file, whether its text or its front matter asks
them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import Faq


class QuestionOnPage(NamedTuple):
    """A question, its answer, and where they stand."""

    faq: Faq
    page: Draft
    line: int
    """Of the question."""
    last: int
    """The line before the next question, or the page's last one."""

    def at_question(self, text: str) -> Problem:
        """A fault at the question's words."""
        return self.page.find(self.faq.question, text, self.line, self.last)

    def at_end(self, text: str) -> Problem:
        """A fault at the answer's last words."""
        words = " ".join(self.faq.answer_text.split("\n")[-1].split()[-4:])
        return self.page.find(words, text, self.line, self.last)


def asked(page: Draft, test: Callable[[Faq], object]) -> Iterator[QuestionOnPage]:
    """The questions readers see that pass a test, in the order of the page."""
    chosen = [number for number, faq in enumerate(page.body.faqs) if test(faq)]
    if not chosen:
        return
    pairs = page.body.pairs
    lines = (
        [pair.line for pair in pairs]
        if pairs
        else [pair.span.line for pair in page.front_faqs.pairs]
    )
    for number in chosen:
        last = lines[number + 1] - 1 if number + 1 < len(lines) else len(page.lines)
        yield QuestionOnPage(page.body.faqs[number], page, lines[number], max(last, lines[number]))


def repeated(page: Draft) -> Iterator[tuple[QuestionOnPage, Faq, int]]:
    """Questions asked before about the same medicine, with the first one and its line."""
    keys: dict[tuple[str | None, str], int] = {}
    for faq in page.body.faqs:
        keys[_key(faq)] = keys.get(_key(faq), 0) + 1
    if len(keys) == len(page.body.faqs):
        return
    first: dict[tuple[str | None, str], QuestionOnPage] = {}
    for one in asked(page, lambda faq: keys[_key(faq)] > 1):
        known = first.setdefault(_key(one.faq), one)
        if known is not one:
            yield one, known.faq, known.line


def _key(faq: Faq) -> tuple[str | None, str]:
    return faq.subject, "".join(faq.question.lower().split()).rstrip("?.: ")
