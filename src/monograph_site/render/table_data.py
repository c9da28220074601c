"""Typed tables for machines: rows in index.json, and properties of schema.org's Drug.

Side effects are not in the JSON-LD: `adverseOutcome` and `seriousAdverseOutcome` are properties of
MedicalDevice and MedicalTherapy, and Drug has none for them. Prices are not either: `offers` would
say that the publisher of the monograph sells the medicine.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from ..model.monograph import Monograph
from ..model.quantities import Quantity
from ..model.strings import squash
from ..model.tables import Dose, Tables


class QuantityJson(TypedDict):
    """An amount: its text, and the numbers where they can be read."""

    text: str
    low: int | float | None
    high: int | float | None
    unit: str | None
    per: tuple[str, ...]


class DoseJson(TypedDict):
    """How much of a medicine some people take for something."""

    indication: str | None
    population: str | None
    route: str | None
    dose: QuantityJson | None
    frequency: str | None
    maximum: QuantityJson | None
    duration: str | None
    note: str | None
    citations: tuple[str, ...]


class SideEffectJson(TypedDict):
    """Something unwanted that a medicine may do."""

    effect: str
    frequency: str | None
    frequency_text: str | None
    frequency_low: float | None
    frequency_high: float | None
    serious: bool
    seriousness: str | None
    note: str | None
    citations: tuple[str, ...]


InteractionJson = TypedDict(
    "InteractionJson",
    {
        "with": str,
        "url": str | None,
        "severity": str | None,
        "effect": str | None,
        "management": str | None,
        "note": str | None,
        "citations": tuple[str, ...],
    },
)
"""What happens together with another medicine, food or drink."""


class PriceJson(TypedDict):
    """What a pack costs somewhere."""

    region: str | None
    currency: str | None
    amount: str | None
    pack: str | None
    date: str | None
    note: str | None
    citations: tuple[str, ...]


class TablesJson(TypedDict):
    """The typed rows of a page."""

    doses: list[DoseJson]
    side_effects: list[SideEffectJson]
    interactions: list[InteractionJson]
    prices: list[PriceJson]


def tables_json(tables: Tables, links: Mapping[str, str]) -> TablesJson:
    """The rows of all tables for index.json. `links` are the site paths of substances that have a
    page."""
    return {
        "doses": [
            {
                "indication": row.indication or None,
                "population": row.population or None,
                "route": row.route or None,
                "dose": _quantity(row.dose),
                "frequency": row.frequency or None,
                "maximum": _quantity(row.maximum),
                "duration": row.duration or None,
                "note": row.note or None,
                "citations": row.citations,
            }
            for row in tables.doses
        ],
        "side_effects": [
            {
                "effect": row.effect,
                "frequency": row.frequency.band or None,
                "frequency_text": row.frequency.text or None,
                "frequency_low": row.frequency.low if row.frequency.low >= 0 else None,
                "frequency_high": row.frequency.high if row.frequency.high >= 0 else None,
                "serious": row.is_serious,
                "seriousness": row.seriousness or None,
                "note": row.note or None,
                "citations": row.citations,
            }
            for row in tables.side_effects
        ],
        "interactions": [
            {
                "with": row.substance,
                "url": links.get(row.substance),
                "severity": row.severity or None,
                "effect": row.effect or None,
                "management": row.management or None,
                "note": row.note or None,
                "citations": row.citations,
            }
            for row in tables.interactions
        ],
        "prices": [
            {
                "region": row.region or None,
                "currency": row.currency or None,
                "amount": row.amount or None,
                "pack": row.pack or None,
                "date": row.date or None,
                "note": row.note or None,
                "citations": row.citations,
            }
            for row in tables.prices
        ],
    }


def table_properties(monograph: Monograph) -> dict[str, Any]:
    """Properties of schema.org's Drug that say what the tables say: `doseSchedule`,
    `maximumIntake`, `administrationRoute` and `interactingDrug`. None where the text has an error."""
    tables = monograph.tables
    if not tables or any(alert.level == "fault" for alert in monograph.alerts):
        return {}
    stated = (*monograph.product.routes, *(row.route for row in tables.doses if row.route))
    routes = {squash(route): route for route in reversed(stated)}
    names = (row.substance for row in tables.interactions if row.substance)
    return {
        "doseSchedule": [
            _schedule("DoseSchedule", row, value, row.dose, row.frequency)
            for row in tables.doses
            for value in _values(row.dose)
        ],
        "maximumIntake": [
            _schedule("MaximumDoseSchedule", row, value, row.maximum, "")
            for row in tables.doses
            for value in _values(row.maximum)
        ],
        "administrationRoute": [*reversed(routes.values())],
        "interactingDrug": [{"@type": "Drug", "name": name} for name in dict.fromkeys(names)],
    }


def _values(quantity: Quantity) -> list[Any]:
    """The `doseValue` of a quantity: a number, or a range; none where it has no number and unit."""
    if not quantity.high or not quantity.unit or Decimal(quantity.low) > Decimal(quantity.high):
        return []
    low, high = _number(quantity.low), _number(quantity.high)
    if not quantity.is_range:
        return [high]
    return [{"@type": "QualitativeValue", "name": f"{low}\u2013{high}"}]


def _schedule(
    kind: str, row: Dose, value: Any, quantity: Quantity, frequency: str
) -> dict[str, Any]:
    properties = {
        "@type": kind,
        "doseValue": value,
        "doseUnit": "/".join((quantity.unit, *quantity.per)),
        "frequency": frequency,
        "targetPopulation": row.population,
    }
    return {name: part for name, part in properties.items() if part != ""}


def _quantity(quantity: Quantity) -> QuantityJson | None:
    if not quantity.text:
        return None
    return {
        "text": quantity.text,
        "low": _number(quantity.low) if quantity.low else None,
        "high": _number(quantity.high) if quantity.high else None,
        "unit": quantity.unit or None,
        "per": quantity.per,
    }


def _number(digits: str) -> int | float:
    value = float(digits)
    return int(value) if value.is_integer() else value
