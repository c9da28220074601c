"""incomplete-price (W058)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule
from ._places import at_field

_CURRENCY = regex("[A-Z]{3}")
_AMOUNT = regex(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@rule("W058", "incomplete-price", about=_subjects.rows)
def incomplete_price(page: Draft) -> Iterator[Problem]:
    """A row of `prices` lacks an amount that is a number, or a currency of three letters.

    Why it matters: 120 rupees are not 120 dollars, and `from 5` is not a price.

    Wrong: `prices: [{region: India, amount: 120.50}]`

    Right: `prices: [{region: India, amount: 120.50, currency: INR}]`

    How to fix: add what is missing.
    """
    for row, path in page.rows.prices:
        if not _AMOUNT.fullmatch(row.amount):
            text = f"prices.amount: {row.amount!r} is not a number.\nWrite it such as 120.50."
            yield at_field(page, "prices", path, "amount", text)
        elif not _CURRENCY.fullmatch(row.currency):
            what = f"{row.currency!r} is not a currency" if row.currency else "there is none"
            text = f"prices.currency: {what}.\nWrite its three letters, such as INR."
            yield at_field(page, "prices", path, "currency", text)
