"""cubic-centimetres (W615)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, mended, shown


@rule("W615", "cubic-centimetres", fixable=True)
def cubic_centimetres(page: Draft) -> Iterator[Problem]:
    """A dose is given in `cc`.

    ISMP's list and the BNF write millilitres instead.

    Why it matters: `cc` is misread as `u` (units) or as two zeros.

    Wrong: `Take 5 cc.`

    Right: `Take 5 mL.` (ISMP) or `Take 5ml.` (NHS)

    How to fix: write the unit as your list does; the number stays the same.
    """
    if not follows(page, "ismp", "nhs"):
        return
    unit = "mL" if page.config.notation == "ismp" else "ml"
    for dose in doses(page):
        if dose.unit == "cc":
            said = f"{shown(page, dose)!r} is misread as units, or as hundreds."
            yield fault(page, dose, f"{said}\nWrite {mended(page, dose, unit=unit)!r}.")
