"""Doses, side effects, interactions and prices as front matter and data files state them, as typed
rows. Nothing is refused: what a field cannot hold is shown as text, and rules say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..model.quantities import Quantity, read_frequency, read_quantity
from ..model.strings import collapse
from ..model.tables import (
    NO_ROWS,
    Dose,
    Interaction,
    Price,
    SideEffect,
    StatedRow,
    StatedRows,
)
from ..regex import regex
from .front_matter import FrontMatter
from .schema_texts import label_of_path, plain

_KEYS = {
    "doses": ("doses",),
    "side_effects": ("side_effects", "sideEffects", "adverse_effects", "adverseEffects"),
    "interactions": ("interactions", "drug_interactions", "drugInteractions"),
    "prices": ("prices",),
}
"""The keys of front matter that may state each table."""
_NOTE = "note notes remark remarks comment"
_CITATION = "citation citations cite source sources ref reference references"
_SPELLINGS: dict[str, dict[str, str]] = {
    "doses": {
        "indication": "indication indications for use condition",
        "population": "population patients patient_group age_group age group who",
        "route": "route routes administration_route",
        "dose": "dose amount value",
        "unit": "unit units dose_unit",
        "dose_min": "dose_min min_dose from",
        "dose_max": "dose_max to",
        "frequency": "frequency how_often schedule interval",
        "maximum": "maximum max max_dose maximum_dose max_daily_dose maximum_daily_dose",
        "duration": "duration how_long",
    },
    "side_effects": {
        "effect": "effect name side_effect reaction event",
        "frequency": "frequency how_often",
        "incidence": "incidence rate percent",
        "serious": "serious is_serious",
        "seriousness": "seriousness",
    },
    "interactions": {
        "with": "with drug substance medicine name",
        "severity": "severity level",
        "effect": "effect effects result",
        "management": "management action advice what_to_do",
    },
    "prices": {
        "region": "region country place jurisdiction market",
        "currency": "currency",
        "amount": "amount price cost value",
        "pack": "pack pack_size packSize package",
        "date": "date on as_of",
    },
}
"""Fields of a row, each with the keys it is taken from; the first that is stated counts."""
_FIELDS = {
    table: {
        spelling: field
        for field, spellings in (*fields.items(), ("note", _NOTE), ("citations", _CITATION))
        for spelling in reversed(spellings.split())
    }
    for table, fields in _SPELLINGS.items()
}
"""The field of each spelling of a key, by table."""
_NAMING = {
    "doses": ("dose", "dose_min", "dose_max", "maximum", "frequency"),
    "side_effects": ("effect",),
    "interactions": ("with",),
    "prices": ("amount",),
}
"""Fields of which a row needs one: without any, a mapping is something else."""
_SHORT = {"side_effects": "effect", "interactions": "with"}
"""What a text in place of a row is."""
_SEVERITY_WORDS = {
    "contraindicated": "contraindicated",
    "severe": "severe", "major": "severe", "serious": "severe", "high": "severe",
    "moderate": "moderate", "medium": "moderate",
    "mild": "mild", "minor": "mild", "low": "mild",
    "unknown": "unknown", "not_known": "unknown",
}  # fmt: skip
_SERIOUS_WORDS = frozenset("serious severe major life_threatening fatal yes true".split())
_NOT_SERIOUS_WORDS = frozenset("not_serious non_serious mild minor no false".split())
_MONEY = regex(r"(?P<before>[A-Za-z]{3})?\s*(?P<amount>[\d.,]+)\s*(?P<after>[A-Za-z]{3})?")


class TableReading(NamedTuple):
    """What the tables of a file's front matter became."""

    rows: StatedRows
    taken: frozenset[str]
    """Labels of the keys that are tables, and no longer details."""
    details: tuple[tuple[str, str], ...]
    """Values of rows under keys without a field, each with a label."""
    unknown_keys: tuple[str, ...]
    """The keys of these values, each once, with the table before it."""


NOT_TABLES = TableReading(NO_ROWS, frozenset(), (), ())


def read_tables(front: FrontMatter) -> TableReading:
    """The typed rows of front matter. A list of plain texts, or a mapping that has none of a row's
    own fields, stays what it was: a section or a detail."""
    stated = [
        (table, key)
        for table, keys in _KEYS.items()
        for key in keys
        if key in front.data and _is_table(table, front.data[key])
    ]
    if not stated:
        return NOT_TABLES
    reader = _Reader()
    rows = {
        table: tuple(
            row
            for other, key in stated
            if other == table
            for row in reader.rows(table, key, front.data[key])
        )
        for table in _KEYS
    }
    return TableReading(
        StatedRows(**rows),
        frozenset(label_of_path((key,)) for _, key in stated),
        tuple(reader.details),
        tuple(dict.fromkeys(reader.unknown_keys)),
    )


def spellings_of(table: str, field: str) -> tuple[str, ...]:
    """The keys from which a field of a row is taken."""
    return tuple(name for name, of_field in _FIELDS[table].items() if of_field == field)


def _is_table(table: str, value: Any) -> bool:
    rows = value if isinstance(value, list) else [value]
    fields = _FIELDS[table]
    return any(
        isinstance(row, dict) and any(fields.get(key) in _NAMING[table] for key in row)
        for row in rows
    )


class _Reader:
    """Reads the rows of one file."""

    def __init__(self) -> None:
        self.details: list[tuple[str, str]] = []
        self.unknown_keys: list[str] = []

    def rows(self, table: str, key: str, value: Any) -> Iterator[StatedRow[Any]]:
        """The rows of a table that a key states."""
        make = _MAKERS[table]
        parts = value if isinstance(value, list) else [value]
        for number, part in enumerate(parts):
            if part is None or part == "":
                continue
            if not isinstance(part, dict):
                field = _SHORT.get(table, "note")
                row = make({field: part})
            else:
                row = make(self._by_field(table, part, number))
            yield StatedRow(row, (key, number))

    def _by_field(self, table: str, part: dict[str, Any], number: int) -> dict[str, Any]:
        """The values of a row by field. A second spelling of a field, and a key without a field, is
        a detail."""
        values: dict[str, Any] = {}
        fields = _FIELDS[table]
        for name, value in part.items():
            field = fields.get(name)
            if value is None or value == "":
                continue
            if field is not None and field not in values:
                values[field] = value
                continue
            label = label_of_path((table, name)).replace(":", f" {number + 1}:", 1)
            self.details.append((label, plain(value)))
            if field is None:
                self.unknown_keys.append(f"{table}.{name}")
        return values


def _text(values: dict[str, Any], field: str) -> str:
    return collapse(plain(values.get(field)))


def _citations(values: dict[str, Any]) -> tuple[str, ...]:
    value = values.get("citations")
    parts: Iterable[Any] = value if isinstance(value, list) else [value]
    keys = (collapse(plain(part)).strip("[]^ ") for part in parts)
    return tuple(key for key in keys if key)


def _quantity(value: Any, unit: str = "") -> Quantity:
    """A quantity written as text, or as a mapping of its parts."""
    if not isinstance(value, dict):
        text = collapse(plain(value))
        states_unit = unit.lower() in text.lower()
        return read_quantity(text if states_unit or not text else f"{text} {unit}")
    known = ("amount", "value", "dose", "min", "low", "from", "max", "high", "to", "unit", "per")
    parts = {key: collapse(plain(part)) for key, part in value.items()}

    def first(*names: str) -> str:
        return next((parts[name] for name in names if parts.get(name)), "")

    low, high = first("min", "low", "from"), first("max", "high", "to")
    amount = first("amount", "value", "dose") or "\u2013".join(filter(None, (low, high)))
    text = " ".join(filter(None, (amount, first("unit") or unit)))
    if per := first("per"):
        text = f"{text} per {per}"
    others = [f"{label_of_path((key,))}: {part}" for key, part in parts.items() if key not in known]
    quantity = read_quantity(text)
    if not others:
        return quantity
    return Quantity("; ".join((text, *others)), *_numbers(quantity))


def _numbers(quantity: Quantity) -> tuple[str, str, str, tuple[str, ...]]:
    return quantity.low, quantity.high, quantity.unit, quantity.per


def _dose(values: dict[str, Any]) -> Dose:
    unit = _text(values, "unit")
    low, high = _text(values, "dose_min"), _text(values, "dose_max")
    dose: Any = values.get("dose")
    limits = "\u2013".join(filter(None, (low, high)))
    if dose is None:
        dose = limits
    elif limits:
        dose = f"{collapse(plain(dose))} ({limits})"
    quantity = _quantity(dose, unit) if dose else Quantity(unit)
    return Dose(
        _text(values, "indication"),
        _text(values, "population"),
        _text(values, "route"),
        quantity,
        _text(values, "frequency"),
        _quantity(values.get("maximum"), unit),
        _text(values, "duration"),
        _text(values, "note"),
        _citations(values),
    )


def _side_effect(values: dict[str, Any]) -> SideEffect:
    serious, seriousness = values.get("serious"), _text(values, "seriousness")
    words = [_word(plain(serious)), _word(seriousness)]
    is_serious = any(word in _SERIOUS_WORDS for word in words)
    plain_words = {"", "serious", "not_serious", "non_serious"}
    frequency = ", ".join(filter(None, (_text(values, "frequency"), _text(values, "incidence"))))
    if isinstance(serious, str) and words[0] not in _SERIOUS_WORDS | _NOT_SERIOUS_WORDS:
        seriousness = ", ".join(filter(None, (serious.strip(), seriousness)))
    return SideEffect(
        _text(values, "effect"),
        read_frequency(frequency),
        is_serious,
        "" if _word(seriousness) in plain_words else seriousness,
        _text(values, "note"),
        _citations(values),
    )


def _interaction(values: dict[str, Any]) -> Interaction:
    stated = _text(values, "severity")
    return Interaction(
        _text(values, "with"),
        _SEVERITY_WORDS.get(_word(stated), stated),
        _text(values, "effect"),
        _text(values, "management"),
        _text(values, "note"),
        _citations(values),
    )


def _price(values: dict[str, Any]) -> Price:
    amount, currency = _text(values, "amount"), _text(values, "currency")
    match = _MONEY.fullmatch(amount)
    if match and (match["before"] or match["after"]) and not currency:
        amount, currency = match["amount"], match["before"] or match["after"]
    return Price(
        _text(values, "region"),
        currency.upper(),
        amount,
        _text(values, "pack"),
        _text(values, "date"),
        _text(values, "note"),
        _citations(values),
    )


def _word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


_MAKERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "doses": _dose,
    "side_effects": _side_effect,
    "interactions": _interaction,
    "prices": _price,
}
