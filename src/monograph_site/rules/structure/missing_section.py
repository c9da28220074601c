"""missing-section (W107)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.facts import missing_sections
from ...loader.sections import VOCABULARY_LANGUAGES
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W107", "missing-section", languages=VOCABULARY_LANGUAGES, about=_subjects.review)
def missing_section(page: Draft) -> Iterator[Problem]:
    """An approved page on a drug or combination lacks a section that such a page must have.
    Reported once per file.

    These are uses, dose (or how to take it), contraindications, warnings, interactions, side
    effects, pregnancy, breastfeeding, renal and hepatic impairment, and overdose, which a page for
    professionals only may omit. A heading or a bold label inside another section is enough.

    Why it matters: readers who find nothing on pregnancy in an approved page take that for "no
    risk".

    Wrong: `review: {status: approved, …}` in a file without a word on contraindications.

    Right: `## Contraindications` and the facts, or the sentence `None are known.`

    How to fix: write the section; if nothing is known, say so in it.
    """
    review = page.fields.review
    keys = missing_sections(page) if review and review.is_signed else ()
    if keys:
        sections = ", ".join(key.replace("_", " ") for key in keys)
        message = f"The page is approved but has no section on {sections}."
        yield page.in_front(f"{message}\nWrite it; if nothing is known, say so.", "review")
