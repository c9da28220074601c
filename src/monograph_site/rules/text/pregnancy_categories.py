"""pregnancy-categories (W209)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.claims.category import category
from ...loader.claims.sentences import text_of
from ...loader.draft import Draft
from ...model.claims import Claim
from ...model.finding import Problem
from ...model.source import Span
from .. import rule


@rule("W209", "pregnancy-categories", languages=("en",))
def pregnancy_categories(page: Draft) -> Iterator[Problem]:
    """One page gives different pregnancy category letters for one medicine. Letters for different
    ingredients or countries, or with a condition (a trimester, a dose, a route), may differ. For
    letters on two pages see `contradictory-category`.

    Why it matters: readers cannot tell which one applies, or to whom.

    Wrong: `Examplin is pregnancy category B.` in one section and `Pregnancy category C` in another.

    Right: `Category B in the first two trimesters, D in the third`, in one place.

    How to fix: say which letter applies to whom, in which country, and when.
    """
    if not page.is_medicine or "category" not in page.words:
        return
    seen: dict[tuple[str, str], Claim] = {}
    for claim in category(text_of(page)):
        if claim is None:
            continue
        first = seen.setdefault((claim.about, claim.value), claim)
        if first.side != claim.side:
            message = (
                f"Pregnancy category {claim.side} here, but {first.side} on line {first.line}."
                "\nSay which one applies to whom."
            )
            yield Problem(Span(claim.line, claim.column), message, claim.length)
