"""Statements in a text that other statements may contradict, recognised by their words; one module
for each topic."""

from __future__ import annotations

from ...model.claims import Claim
from ..draft import Draft
from .approval import approval
from .category import category
from .dose import dose
from .grams import grams
from .pregnancy import pregnancy
from .route import route
from .sentences import text_of
from .status import status

_TOPICS = (approval, category, dose, grams, pregnancy, route, status)


def claims(page: Draft) -> tuple[Claim, ...]:
    """The claims of a medicine's page, topic by topic; a claim that is repeated comes once."""
    if not page.is_medicine:
        return ()
    text = text_of(page)
    unique: dict[tuple[str, ...], Claim] = {}
    for find_claims in _TOPICS:
        for claim in find_claims(text):
            if claim is not None:
                unique.setdefault(claim[:4], claim)
    return tuple(unique.values())
