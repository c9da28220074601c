"""faq-repaired (I301)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("I301", "faq-repaired", fixable=True, about=_subjects.front_faqs)
def faq_repaired(page: Draft) -> Iterator[Problem]:
    """Questions in front matter contain their answers, or answers their label (`A:**`). One finding
    per file.

    Why it matters: the page shows them repaired, but other tools that read the front matter show
    the damage.

    Wrong: `q: "Is it safe?**\\n\\n**A:** Yes."`

    Right: `q: Is it safe?` and `a: Yes.`

    How to fix: remove `faqs` if the text has the same questions, otherwise repair them.
    """
    count = page.front_faqs.repaired
    if count:
        total = len(page.front_faqs.pairs)
        message = f"{count} of {total} questions here are damaged; the text's own are shown."
        yield page.in_key(f"{message}\nRemove `faqs`.", "faqs")
