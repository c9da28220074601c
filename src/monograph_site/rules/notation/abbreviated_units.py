"""abbreviated-units (W603)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, in_names, mended, shown


@rule("W603", "abbreviated-units", fixable=True)
def abbreviated_units(page: Draft) -> Iterator[Problem]:
    """A dose is given in `U` or `IU`.

    ISMP's list and the BNF want the word `units`. Results of tests (`U/L`) and names (`U-100
    insulin`) are no doses and are let pass.

    Why it matters: `4U` was read as 40 and as 44, `IU` as IV (into a vein) and as 10. Insulin and
    heparin, of which too much can kill, are dosed in units.

    Wrong: `Inject 4 U.`

    Right: `Inject 4 units.`

    How to fix: write the word.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for dose in doses(page):
        if dose.is_international and not dose.is_result and not in_names(page, dose.start):
            right = mended(page, dose, unit="unit" if dose.number == "1" else "units")
            yield fault(page, dose, f"{shown(page, dose)!r} abbreviates `units`.\nWrite {right!r}.")
