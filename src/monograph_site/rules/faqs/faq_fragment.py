"""faq-fragment (W304)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W304", "faq-fragment")
def faq_fragment(page: Draft) -> Iterator[Problem]:
    """Entries of `faqs` that are no questions but pieces of a section. They are not shown as
    questions.

    Why it matters: an importer cut the text at the wrong places.

    Wrong: `q: "Adults:** * Initial dose: 4 mg once daily."`

    Right: `q: What is the usual dose for adults?`

    How to fix: remove the entries; the section itself stands in the text.
    """
    if page.front_faqs.fragments:
        first = page.front_faqs.fragments[0]
        count = len(page.front_faqs.fragments)
        message = f"{count} entries of `faqs` are no questions, such as {first.question[:40]!r}.\nRemove them."
        yield Problem(first.span, message)
