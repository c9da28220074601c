"""part-of-a-unit (I624)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, in_names, mended, others, shown

_SMALLER = {"mg": "micrograms", "g": "mg"}


@rule("I624", "part-of-a-unit", fixable=True)
def part_of_a_unit(page: Draft) -> Iterator[Problem]:
    """A dose below 1 mg is given in mg, or one below 1 g in g (NHS list only; one finding a file).

    The BNF writes amounts below one gram in milligrams and those below one milligram in micrograms.

    Why it matters: a whole number has no point that could be missed.

    Wrong: `0.5 mg`, `0.25 g`

    Right: `500 micrograms`, `250mg`

    How to fix: write the smaller unit.
    """
    if not follows(page, "nhs"):
        return
    found = [dose for dose in doses(page) if dose.unit in _SMALLER and dose.number.startswith("0.")]
    found = [dose for dose in found if not dose.is_result and not in_names(page, dose.start)]
    if found:
        right = mended(page, found[0], _thousandfold, _SMALLER[found[0].unit])
        said = f"{shown(page, found[0])!r} is less than one of its unit{others(len(found))}."
        yield fault(page, found[0], f"{said}\nWrite {right!r}.")


def _thousandfold(number: str) -> str:
    return f"{(Decimal(number) * 1000).normalize():f}"
