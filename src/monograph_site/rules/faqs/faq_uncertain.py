"""faq-uncertain (W305)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W305", "faq-uncertain", about=_subjects.front_faqs)
def faq_uncertain(page: Draft) -> Iterator[Problem]:
    """A question in front matter runs into its answer, and where it ends is a guess; the text of
    the page has no questions, so readers see the result.

    Why it matters: the end of the question may be shown as the answer, or the reverse.

    Wrong: `q: "Is it safe? It depends. For whom? Adults."`

    Right: `q: Is it safe?` and `a: For adults it is.`

    How to fix: write question and answer into `q` and `a`.
    """
    for pair in page.front_faqs.uncertain if not page.body.pairs else ():
        message = (
            f"Where the question ends and its answer begins is a guess: {pair.question[:60]!r}."
        )
        yield Problem(pair.span, f"{message}\nPut the question in `q` and the answer in `a`.")
