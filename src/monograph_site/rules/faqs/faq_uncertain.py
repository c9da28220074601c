"""faq-uncertain (W305)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W305", "faq-uncertain")
def faq_uncertain(page: Draft) -> Iterator[Problem]:
    """A question in front matter that was divided from its answer at a place nothing marks, on a
    page whose text asks no questions: readers see the result of a guess.

    Why it matters: the end of the question may be shown as the answer, or the reverse.

    Wrong: `q: "Is it safe? It depends. For whom? Adults."`

    Right: `q: Is it safe?` and `a: For adults it is.`

    How to fix: write question and answer into `q` and `a`.
    """
    for pair in page.front_faqs.uncertain if not page.body.pairs else ():
        text = f"{pair.question[:60]!r} was divided from its answer by a guess."
        yield Problem(pair.span, f"{text}\nWrite the question into `q` and the answer into `a`.")
