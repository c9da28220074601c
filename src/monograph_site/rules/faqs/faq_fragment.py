"""faq-fragment (W304)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W304", "faq-fragment", about=_subjects.front_faqs)
def faq_fragment(page: Draft) -> Iterator[Problem]:
    """Entries of `faqs` are not questions but pieces of a section. They are not shown as questions.

    Why it matters: an importer split the text in the wrong places.

    Wrong: `q: "Adults:** * Initial dose: 4 mg once daily."`

    Right: `q: What is the usual dose for adults?`

    How to fix: remove the entries; the section itself is in the text.
    """
    fragments = page.front_faqs.fragments
    if fragments:
        others = f" (and {len(fragments) - 1} more in `faqs`)" if len(fragments) > 1 else ""
        message = f"{fragments[0].question[:40]!r} is not a question{others}."
        yield Problem(fragments[0].span, f"{message}\nRemove the entry from `faqs`.")
