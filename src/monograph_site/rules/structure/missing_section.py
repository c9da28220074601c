"""missing-section (W107)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.facts import missing
from ...model.finding import Problem
from .. import rule


@rule("W107", "missing-section")
def missing_section(page: Draft) -> Iterator[Problem]:
    """An approved page on a drug or combination without a section that such a page must have. Said
    once a file.

    These are uses, dose (or how to take it), contraindications, warnings, interactions, side
    effects, pregnancy, breastfeeding, renal and hepatic impairment, and overdose, which a page for
    professionals alone may leave out. A heading or a bold label inside another section is enough.

    Why it matters: a reader who finds nothing on pregnancy in an approved page takes that for "no
    risk".

    Wrong: `review: {status: approved, …}` in a file without a word on contraindications.

    Right: `## Contraindications` and the facts, or the sentence `None are known.`

    How to fix: write the section; where nothing is known, say so in it.
    """
    review = page.fields.review
    lacking = missing(page) if review and review.status == "approved" else ()
    if lacking:
        keys = ", ".join(key.replace("_", " ") for key in lacking)
        said = f"The page is approved and has no section on {keys}."
        yield page.in_front(f"{said}\nWrite it; where nothing is known, say that.", "review")
