"""pregnancy-categories (W209)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.claims.category import category
from ...loader.claims.sentences import Text
from ...loader.draft import Draft
from ...model.claims import Claim
from ...model.finding import Problem
from ...model.source import Span
from .. import rule


@rule("W209", "pregnancy-categories")
def pregnancy_categories(page: Draft) -> Iterator[Problem]:
    """One page gives different pregnancy category letters for one medicine. Letters of two
    ingredients, of two countries, and such with a condition (a trimester, a dose, a route) may
    differ. For two pages see `contradictory-category`.

    Why it matters: the reader can't tell which one holds, or for whom.

    Wrong: `Examplin is pregnancy category B.` in one section and `Pregnancy category C` in another.

    Right: `Category B in the first two trimesters, D in the third`, in one place.

    How to fix: say which letter holds for whom, in which country, and when.
    """
    if not page.is_medicine or "category" not in page.lower:
        return
    first: dict[tuple[str, str], Claim] = {}
    for claim in category(Text(page)):
        if claim is None:
            continue
        known = first.setdefault((claim.about, claim.value), claim)
        if known.side != claim.side:
            said = f"Pregnancy category {claim.side} here, {known.side} in line {known.line}."
            yield Problem(
                Span(claim.line, claim.column), f"{said}\nSay which holds for whom.", claim.length
            )
