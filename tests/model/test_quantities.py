"""Amounts, units and frequencies as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monograph_site.model.quantities import (
    is_known_unit,
    read_frequency,
    read_quantity,
    times_a_day,
)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "per"),
    [
        ("500 mg", "500", "500", "mg", ()),
        ("500 mg to 1,000 mg", "500", "1000", "mg", ()),
        ("500 mg to 1 g", "0.500", "1", "g", ()),
        ("0.5–1 g", "0.5", "1", "g", ()),
        ("1,00,000 units", "100000", "100000", "units", ()),
        ("15 mg/kg", "15", "15", "mg", ("kg",)),
        ("60 mg for each kilogram of body weight a day", "60", "60", "mg", ("kg", "day")),
        ("100 units/kg/hour", "100", "100", "units", ("kg", "hour")),
        ("4,000 mg in 24 hours", "4000", "4000", "mg", ("day",)),
        ("75 mg/m2", "75", "75", "mg", ("m²",)),
        ("0.5 mg daily", "0.5", "0.5", "mg", ("day",)),
        ("10 mg to 2 mL", "", "", "", ()),
        ("half a tablet", "", "", "", ()),
        ("500", "500", "500", "", ()),
    ],
)
def test_a_quantity(text: str, low: str, high: str, unit: str, per: tuple[str, ...]) -> None:
    quantity = read_quantity(text)
    assert (quantity.low, quantity.high, quantity.unit, quantity.per) == (low, high, unit, per)
    assert quantity.text == text


def test_units() -> None:
    known = "mg G µg mcg mL l IU mmol mEq % tablets patches suppositories puff drops lozenge"
    assert [unit for unit in known.split() if not is_known_unit(unit)] == []
    assert not any(map(is_known_unit, ("", "florps", "mgs", "kilo")))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("every 4 to 6 hours", 4),
        ("every 8 hours", 3),
        ("twice daily", 2),
        ("3 times a day", 3),
        ("once a day", 1),
        ("tds", 3),
        ("up to 4 times a day", None),
        ("twice daily when needed", None),
        ("every 0 hours", None),
        ("at night", None),
    ],
)
def test_times_a_day(text: str, times: int | None) -> None:
    assert times_a_day(text) == (None if times is None else Decimal(times))


@pytest.mark.parametrize(
    ("text", "band", "agrees"),
    [
        ("common", "common", True),
        ("Very common (20 %)", "very_common", True),
        ("common, 20%", "common", False),
        ("1 in 100", "common", True),
        ("0.02 %", "rare", True),
        ("rare: less than 1 in 1,000", "rare", True),
        ("common: less than 1 in 1,000", "common", False),
        ("≥1/100 to <1/10", "common", True),
        ("up to 1 in 10", "", True),
        ("1 in 0", "", True),
        ("not known", "unknown", True),
        ("often", "", True),
    ],
)
def test_a_frequency(text: str, band: str, agrees: bool) -> None:
    frequency = read_frequency(text)
    assert (frequency.band, frequency.agrees) == (band, agrees)
