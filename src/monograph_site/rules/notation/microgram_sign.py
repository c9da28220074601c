"""microgram-sign (W604)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import MICROGRAM_SIGNS, doses, fault, follows, mended, shown


@rule("W604", "microgram-sign", fixable=True)
def microgram_sign(page: Draft) -> Iterator[Problem]:
    """A dose is given in `µg` or `ug`.

    ISMP's list writes `mcg` instead; the NHS style guide and the BNF write `micrograms`.

    Why it matters: `µg` is misread as `mg`, a thousand times as much.

    Wrong: `50 µg once a day`

    Right: `50 mcg once a day` (ISMP) or `50 micrograms once a day` (NHS)

    How to fix: write the unit as your list does.
    """
    if not follows(page, "ismp", "nhs"):
        return
    word = "mcg" if page.config.notation == "ismp" else "micrograms"
    for dose in doses(page):
        if dose.unit in MICROGRAM_SIGNS:
            said = f"{shown(page, dose)!r} is misread as {mended(page, dose, unit='mg')!r}."
            yield fault(page, dose, f"{said}\nWrite {mended(page, dose, unit=word)!r}.")
