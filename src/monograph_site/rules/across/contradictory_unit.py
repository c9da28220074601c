"""contradictory-unit (W713)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.monograph import Monograph
from ...model.source import Span
from .. import SiteContext, site_rule
from .._disputes import claimed_medicine


@site_rule("W713", "contradictory-unit")
def contradictory_unit(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A page gives a dose in grams, and every other page about the same medicine that has this
    number gives it in milligrams. For both on one page see `gram-for-milligram`.

    Only doses of 20 g and more are compared.

    Why it matters: one letter is a thousandfold overdose.

    Wrong: `Take 500 g twice a day.` on the page of a brand, and `500 mg` on the page of its
    medicine.

    Right: `500 mg` on both pages.

    How to fix: look up the dose in a source, and correct the wrong page.
    """
    pages: dict[str, list[str]] = {}
    for entry in context.site.entries:
        for claim in entry.facts.claims:
            if claim.topic != "grams" or entry.not_a_monograph:
                continue
            if not pages:  # few sites have such a claim
                for path, medicine in context.medicines.items():
                    pages.setdefault(medicine, []).append(path)
            about = claimed_medicine(claim, context.medicines[entry.path])
            texts = {
                path: _text(context.load_record(path))
                for path in pages.get(about, ())
                if path != entry.path
            }
            milligrams, grams = _pattern(claim.value, "mg"), _pattern(claim.value, "g")
            stated = [path for path, text in texts.items() if milligrams.search(text)]
            if stated and not any(map(grams.search, texts.values())):
                amount = f"{int(claim.value):,}"
                message = f"{amount} g here, but {amount} mg in {min(stated)!r}."
                problem = f"{message}\nLook up the dose in a source."
                yield entry.path, Problem(Span(claim.line, claim.column), problem, claim.length)


def _pattern(digits: str, unit: str) -> re.Pattern[str]:
    """An amount, with or without commas and a space."""
    return re.compile(rf"(?<![\d.,])(?:{digits}|{int(digits):,})[ \u00a0]?{unit}\b")


def _text(page: Monograph) -> str:
    texts = (section.text for section in page.sections)
    return "\n".join((*texts, *(faq.answer_text for faq in page.faqs))).lower()
