"""The questions of a page with their places in its file, whether its text or its front matter asks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .diagnostics import Fault
from .draft import Draft
from .model import Faq


class Asked(NamedTuple):
    """A question, its answer, and where they stand."""

    faq: Faq
    page: Draft
    line: int
    """Of the question."""
    last: int
    """The line before the next question, or the last one."""

    def at_question(self, text: str) -> Fault:
        """A fault at the question's words."""
        return self.page.find(self.faq.question, text, self.line, self.last)

    def at_end(self, text: str) -> Fault:
        """A fault at the answer's last words."""
        words = " ".join(self.faq.answer_text.split("\n")[-1].split()[-4:])
        found = self.page.find(words, text, self.line, self.last)
        return found if found.span.line > self.line or found.span.column > 1 else self.at_question(text)


def asked(page: Draft) -> Iterator[Asked]:
    """The questions readers see, in the order of the page."""
    pairs = page.body.pairs
    lines = [pair.line for pair in pairs] if pairs else [pair.span.line for pair in page.front_faqs.pairs]
    ends = [*(max(line - 1, start) for start, line in zip(lines, lines[1:], strict=False)), len(page.lines)]
    for faq, line, last in zip(page.body.faqs, lines, ends, strict=False):
        yield Asked(faq, page, line, last)
