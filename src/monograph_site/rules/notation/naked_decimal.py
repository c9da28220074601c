"""naked-decimal (W602)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, mended, shown


@rule("W602", "naked-decimal", fixable=True)
def naked_decimal(page: Draft) -> Iterator[Problem]:
    """A dose below one has no zero before its decimal point.

    ISMP's list, the BNF and the NHS style guide all ask for the zero.

    Why it matters: where the point is missed, the dose becomes ten or a hundred times as large.

    Wrong: `.5 mg once a day`

    Right: `0.5 mg once a day`

    How to fix: write the zero, or a smaller unit without a point (`500 micrograms`).
    """
    if not follows(page, "ismp", "nhs"):
        return
    for dose in doses(page):
        if dose.low.startswith(".") or dose.number.startswith("."):
            misread = shown(page, dose).replace(".", "")
            said = f"{shown(page, dose)!r} is misread as {misread!r} where the point is missed."
            yield fault(page, dose, f"{said}\nWrite {mended(page, dose, _with_zero)!r}.")


def _with_zero(number: str) -> str:
    return f"0{number}" if number.startswith(".") else number
