"""dose-range (I623)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, others, shown, spelled


@rule("I623", "dose-range", fixable=True)
def dose_range(page: Draft) -> Iterator[Problem]:
    """A range of doses is written with a dash (NHS list only; one finding a file).

    The NHS style guide writes `to` in ranges of numbers.

    Why it matters: a dash is overlooked, read as a minus, or not read out by a screen reader:
    `5-10mg` becomes 510 mg.

    Wrong: `5-10mg`

    Right: `5mg to 10mg`

    How to fix: write `to`.
    """
    if not follows(page, "nhs"):
        return
    found = [dose for dose in doses(page) if dose.low]
    if found:
        first = found[0]
        right = " to ".join(
            spelled(page, number, first.unit) for number in (first.low, first.number)
        )
        said = f"{shown(page, first)!r} is a range with a dash{others(len(found))}."
        yield fault(page, first, f"{said}\nWrite {right!r}.")
