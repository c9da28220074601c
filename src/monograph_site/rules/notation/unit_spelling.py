"""unit-spelling (I620)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, mended, shown

_RIGHT = {
    "mgs": "mg", "Mg": "mg", "MG": "mg", "mG": "mg", "mcgs": "mcg", "Mcg": "mcg", "MCG": "mcg", "mls": "mL",
    "mLs": "mL", "Ml": "mL", "ML": "mL", "gm": "g", "gms": "g", "Gm": "g", "Gms": "g",
}  # fmt: skip


@rule("I620", "unit-spelling", fixable=True)
def unit_spelling(page: Draft) -> Iterator[Problem]:
    """A unit is written with an `s`, as `gm`, or in capital letters.

    ISMP's list and the BNF know `mg`, `g` and `mL` (`ml`), singular and in this spelling.

    Why it matters: an `s` is misread as a 5, `gm` as mg, `MG` as millions.

    Wrong: `5 mgs`, `2 gm`, `10 MG`

    Right: `5 mg`, `2 g`, `10 mg`

    How to fix: write the usual sign.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for dose in doses(page):
        right = _RIGHT.get(dose.unit)
        if right:
            said = f"{shown(page, dose)!r} spells its unit in an unusual way."
            yield fault(page, dose, f"{said}\nWrite {mended(page, dose, unit=right)!r}.")
