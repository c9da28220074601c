"""Statements of a text that other statements may contradict, found by their words; one module a
topic."""

from __future__ import annotations

from ...model.claims import Claim
from ..draft import Draft
from .approval import approval
from .category import category
from .dose import dose
from .pregnancy import pregnancy
from .route import route
from .sentences import Text
from .status import status

_TOPICS = (approval, category, dose, pregnancy, route, status)


def claims(page: Draft) -> tuple[Claim, ...]:
    """The claims of a medicine's page, in the order of topics; what is said twice, once."""
    if not page.is_medicine:
        return ()
    text = Text(page)
    found: dict[tuple[str, ...], Claim] = {}
    for find in _TOPICS:
        for claim in find(text):
            if claim is not None:
                found.setdefault(claim[:4], claim)
    return tuple(found.values())
