"""Doses that are stated as data: unknown-dose-unit (W050), dose-range-backwards (E051),
dose-above-maximum (E052) and missing-route (W057)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.quantities import Quantity, amount_in, dimension_of, is_known_unit, times_a_day
from ...model.strings import fold
from ...model.tables import Dose
from .. import _subjects, rule
from ._places import at_field

MAX_LISTED_ROUTES = 3
"""Routes that a message names."""


@rule("W050", "unknown-dose-unit", about=_subjects.rows)
def unknown_dose_unit(page: Draft) -> Iterator[Problem]:
    """The dose or the maximum of a row of `doses` has no unit, or one in which medicines are not
    measured.

    Why it matters: readers cannot measure such a dose, and it cannot be compared with the maximum.

    Wrong: `dose: 500`, or `dose: 500 mgs/kilo`.

    Right: `dose: 500 mg`

    How to fix: write the unit, such as mg, g, micrograms, mL, units, mmol, tablets or puffs.
    """
    for dose, path in page.rows.doses:
        for name, quantity in (("dose", dose.dose), ("maximum", dose.maximum)):
            if not quantity.high or is_known_unit(quantity.unit):
                continue
            what = f"has the unknown unit {quantity.unit!r}" if quantity.unit else "has no unit"
            text = f"doses.{name}: {quantity.text!r} {what}.\nWrite a unit such as mg or tablets."
            yield at_field(page, "doses", path, name, text)


@rule("E051", "dose-range-backwards", about=_subjects.rows)
def dose_range_backwards(page: Draft) -> Iterator[Problem]:
    """The range of a dose starts with the greater number.

    Why it matters: one of the numbers is wrong, and readers cannot know which.

    Wrong: `dose: 1000–500 mg`

    Right: `dose: 500–1000 mg`

    How to fix: look the dose up, and write the smaller number first.
    """
    for dose, path in page.rows.doses:
        for name, quantity in (("dose", dose.dose), ("maximum", dose.maximum)):
            if quantity.high and Decimal(quantity.low) > Decimal(quantity.high):
                text = (
                    f"doses.{name}: {quantity.text!r} starts with the greater number.\n"
                    "Look the dose up, and write the smaller number first."
                )
                yield at_field(page, "doses", path, name, text)


@rule("E052", "dose-above-maximum", about=_subjects.rows)
def dose_above_maximum(page: Draft) -> Iterator[Problem]:
    """A dose is greater than the maximum beside it: a single dose, or what is taken in a day where
    the frequency says how many times that is at least. Amounts for each kilogram are compared with
    each other only.

    Why it matters: readers who follow the row take an overdose.

    Wrong: `{dose: 1 g, frequency: every 4 hours, maximum: 4 g a day}`

    Right: `{dose: 1 g, frequency: every 6 hours, maximum: 4 g a day}`

    How to fix: look the numbers up, and correct the wrong one.
    """
    for dose, path in page.rows.doses:
        if problem := _above_maximum(dose):
            text = f"doses: {problem}.\nLook the numbers up, and correct the wrong one."
            yield at_field(page, "doses", path, "dose", text)


@rule("W057", "missing-route", about=_subjects.rows)
def missing_route(page: Draft) -> Iterator[Problem]:
    """A row of `doses` does not say by which route the dose is given, though rows of the same page
    have different routes.

    Why it matters: a dose for the mouth may be an overdose in a vein.

    Wrong: a row `{route: oral, dose: 1 g}`, a row `{route: intravenous, dose: 500 mg}` and a row
    `{dose: 2 g}`.

    Right: `{route: oral, dose: 2 g}`

    How to fix: add `route`.
    """
    routes = dict.fromkeys(fold(dose.route) for dose, _ in page.rows.doses if dose.route)
    if len(routes) < 2:
        return
    named = ", ".join([*routes][:MAX_LISTED_ROUTES])
    for dose, path in page.rows.doses:
        if not dose.route:
            text = f"doses: this row has no route, and others have several ({named}).\nAdd 'route'."
            yield at_field(page, "doses", path, "", text)


def _above_maximum(dose: Dose) -> str:
    """In what a dose exceeds its maximum; '' where it does not, or where that is not certain."""
    single, maximum = dose.dose, dose.maximum
    if not single.high or not maximum.high or not _are_comparable(single, maximum):
        return ""
    limit = Decimal(maximum.high)
    amount = amount_in(single, single.high, maximum)
    if amount is not None and amount > limit:
        return f"{single.text!r} is more than the maximum, {maximum.text!r}"
    lowest = amount_in(single, single.low, maximum)
    times = times_a_day(dose.frequency)
    is_daily = "day" in maximum.per and "day" not in single.per
    if not is_daily or times is None or lowest is None or lowest * times <= limit:
        return ""
    in_a_day = f"{single.text!r} {dose.frequency} is more in a day"
    return f"{in_a_day} than the maximum, {maximum.text!r}"


def _are_comparable(single: Quantity, maximum: Quantity) -> bool:
    """Whether both are for the same: for each kilogram or not, of the same kind of unit."""
    first, second = dimension_of(single.unit), dimension_of(maximum.unit)
    if first is None or second is None or first.name != second.name or first.name == "%":
        return False
    times = {"day", "dose", "week", "month"}
    return {*single.per} - times == {*maximum.per} - times
