"""The typed tables of a monograph: doses, side effects, interactions and prices, each a row with
fields, whether they are stated in front matter or in a data file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from .quantities import BANDS, NO_FREQUENCY, NO_QUANTITY, Frequency, Quantity

SEVERITIES = ("contraindicated", "severe", "moderate", "mild", "unknown")
"""How bad an interaction may be, the worst first."""


class Dose(Struct, frozen=True):
    """How much of a medicine some people take for something. What is not stated is ''."""

    indication: str = ""
    population: str = ""
    route: str = ""
    dose: Quantity = NO_QUANTITY
    frequency: str = ""
    maximum: Quantity = NO_QUANTITY
    duration: str = ""
    note: str = ""
    citations: tuple[str, ...] = ()
    """Keys of references, as in `[^key]`."""


class SideEffect(Struct, frozen=True):
    """Something unwanted that a medicine may do."""

    effect: str
    frequency: Frequency = NO_FREQUENCY
    is_serious: bool = False
    seriousness: str = ""
    """What is stated of it beyond `serious` and `not serious`, such as `life-threatening`."""
    note: str = ""
    citations: tuple[str, ...] = ()


class Interaction(Struct, frozen=True):
    """What happens together with another medicine, food or drink."""

    substance: str
    """The other medicine, as stated."""
    severity: str = ""
    """One of `SEVERITIES`; another word as stated; '' where none is."""
    effect: str = ""
    management: str = ""
    note: str = ""
    citations: tuple[str, ...] = ()


class Price(Struct, frozen=True):
    """What a pack costs somewhere."""

    region: str = ""
    currency: str = ""
    """ISO 4217, in capitals; '' where none is stated."""
    amount: str = ""
    pack: str = ""
    date: str = ""
    note: str = ""
    citations: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Currency and amount together."""
        return " ".join(part for part in (self.currency, self.amount) if part)


class Tables(Struct, frozen=True):
    """All typed rows of a monograph, in the order in which readers see them: serious side effects
    before others and frequent ones before rare ones, bad interactions before mild ones."""

    doses: tuple[Dose, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    prices: tuple[Price, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.doses or self.side_effects or self.interactions or self.prices)


NO_TABLES = Tables()
SECTION_KEYS = {
    "doses": "dose",
    "side_effects": "side_effects",
    "interactions": "interactions",
    "prices": "prices",
}
"""The key of the section that shows each table."""

Row = TypeVar("Row")


class StatedRow(NamedTuple, Generic[Row]):
    """A row, and where front matter states it."""

    row: Row
    path: tuple[str | int, ...]


class StatedRows(Struct, frozen=True):
    """The rows that one file states, in its own order."""

    doses: tuple[StatedRow[Dose], ...] = ()
    side_effects: tuple[StatedRow[SideEffect], ...] = ()
    interactions: tuple[StatedRow[Interaction], ...] = ()
    prices: tuple[StatedRow[Price], ...] = ()

    @property
    def cited(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Each citation: the path of its row, and the key."""
        for rows in (self.doses, self.side_effects, self.interactions, self.prices):
            for row, path in rows:
                for key in row.citations:
                    yield path, key

    @property
    def citations(self) -> frozenset[str]:
        """The keys that are cited."""
        return frozenset(key for _, key in self.cited)


NO_ROWS = StatedRows()


def tables_of(rows: StatedRows) -> Tables:
    """The rows of a file as readers see them."""
    if rows is NO_ROWS:
        return NO_TABLES
    return joined(
        Tables(
            tuple(stated.row for stated in rows.doses),
            tuple(stated.row for stated in rows.side_effects),
            tuple(stated.row for stated in rows.interactions),
            tuple(stated.row for stated in rows.prices),
        )
    )


def joined(*parts: Tables) -> Tables:
    """The rows of several tables as one, in order."""
    return Tables(
        tuple(row for tables in parts for row in tables.doses),
        tuple(
            sorted((row for tables in parts for row in tables.side_effects), key=_side_effect_rank)
        ),
        tuple(
            sorted((row for tables in parts for row in tables.interactions), key=_interaction_rank)
        ),
        tuple(row for tables in parts for row in tables.prices),
    )


def _side_effect_rank(row: SideEffect) -> tuple[bool, int]:
    band = row.frequency.band
    return not row.is_serious, BANDS.index(band) if band in BANDS else len(BANDS)


def _interaction_rank(row: Interaction) -> int:
    return SEVERITIES.index(row.severity) if row.severity in SEVERITIES else len(SEVERITIES)
