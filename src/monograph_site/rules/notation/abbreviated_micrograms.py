"""abbreviated-micrograms (I605)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, in_names, mended, others, shown


@rule("I605", "abbreviated-micrograms", fixable=True)
def abbreviated_micrograms(page: Draft) -> Iterator[Problem]:
    """Doses are given in `mcg` (NHS list only; one finding a file).

    The NHS style guide and the BNF write `micrograms` in full. ISMP's list, on the contrary, asks
    for `mcg`.

    Why it matters: `mcg` is misread as `mg`, and many readers don't know it.

    Wrong: `50 mcg once a day`

    Right: `50 micrograms once a day`

    How to fix: write the word.
    """
    if not follows(page, "nhs"):
        return
    found = [
        dose
        for dose in doses(page)
        if dose.unit.lower() == "mcg" and not in_names(page, dose.start)
    ]
    if found:
        said = f"{shown(page, found[0])!r} abbreviates `micrograms`{others(len(found))}."
        yield fault(page, found[0], f"{said}\nWrite {mended(page, found[0], unit='micrograms')!r}.")
