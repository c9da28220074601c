"""trailing-zero (W601)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, mended, shown


@rule("W601", "trailing-zero", fixable=True)
def trailing_zero(page: Draft) -> Iterator[Problem]:
    """A dose ends with a zero behind the decimal point.

    ISMP's list and the BNF's guidance on prescription writing both leave it out. ISMP lets it stand
    where it shows how exact a figure is, as in the result of a test; so amounts per litre are let
    pass.

    Why it matters: where the point is missed, the dose becomes ten times as large.

    Wrong: `5.0 mg once a day`

    Right: `5 mg once a day`

    How to fix: remove the zero, and the point where nothing is left behind it.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for dose in doses(page):
        if not dose.is_result and any(
            "." in one and one.endswith("0") for one in (dose.low, dose.number)
        ):
            misread, right = (
                mended(page, dose, change) for change in (_without_point, _without_zeros)
            )
            said = f"{shown(page, dose)!r} is misread as {misread!r} where the point is missed."
            yield fault(page, dose, f"{said}\nWrite {right!r}.")


def _without_point(number: str) -> str:
    """What is read where the point is missed."""
    return number.replace(".", "").lstrip("0") or "0" if number.endswith("0") else number


def _without_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") or "0" if "." in number else number
