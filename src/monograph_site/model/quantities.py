"""Amounts with units as people write them (`500 mg to 1 g`, `15 mg/kg`, `4 g in 24 hours`), how
often something is taken, and how often something happens."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from ..regex import regex

_MASS = {
    "kg": "1000", "g": "1", "gm": "1", "gram": "1", "grams": "1",
    "mg": "0.001", "milligram": "0.001", "milligrams": "0.001",
    "mcg": "0.000001", "ug": "0.000001", "µg": "0.000001", "μg": "0.000001",
    "microgram": "0.000001", "micrograms": "0.000001",
    "ng": "0.000000001", "nanogram": "0.000000001", "nanograms": "0.000000001",
}  # fmt: skip
_VOLUME = {
    "l": "1", "litre": "1", "litres": "1", "liter": "1", "liters": "1", "dl": "0.1",
    "ml": "0.001", "millilitre": "0.001", "millilitres": "0.001", "milliliter": "0.001",
    "milliliters": "0.001", "cc": "0.001",
    "µl": "0.000001", "μl": "0.000001", "microlitre": "0.000001", "microlitres": "0.000001",
}  # fmt: skip
_UNITS_OF_ACTIVITY = dict.fromkeys(
    [*"u unit units iu i.u. ie".split(), "international unit", "international units"], "1"
)
_SUBSTANCE = {"mol": "1", "mmol": "0.001", "millimole": "0.001", "millimoles": "0.001",
              "µmol": "0.000001", "μmol": "0.000001", "umol": "0.000001"}  # fmt: skip
_COUNTED = (
    "%|meq|mmhg|bq|kbq|mbq|gbq|mci|gy|mm|cm|ppm|million units|mega units|fingertip unit"
    "|actuation|ampoule|ampule|application|bag|bottle|capsule|caplet|dose|drop|enema|film"
    "|gummy|implant|infusion|inhalation|injection|insert|lozenge|nebule|ovule|packet|pad"
    "|pastille|patch|pen|pessary|pill|puff|ring|sachet|scoop|softgel|spoon|spoonful|spray"
    "|strip|suppository|swab|syringe|tablespoon|tablespoonful|tablet|tab|teaspoon"
    "|teaspoonful|vial|wafer"
).split("|")
_PER = {
    "kg": "kg", "kilogram": "kg", "kilograms": "kg", "lb": "lb", "m2": "m²", "m²": "m²",
    "day": "day", "days": "day", "d": "day", "24 hours": "day", "24 h": "day", "24h": "day",
    "hour": "hour", "hours": "hour", "hr": "hour", "h": "hour", "minute": "minute",
    "min": "minute", "dose": "dose", "single dose": "dose", "week": "week", "month": "month",
    "actuation": "actuation", "ml": "mL", "eye": "eye", "nostril": "nostril",
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{2,3}){1,4}(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,9})?"
_UNIT = r"%|(?:international|million|mega|fingertip) units?|i\.u\.|[a-zµμ]{1,20}\d?"  # `m2` after a slash only
_DASH = r"(?:[-\u2013\u2014]|to\b|up to\b)"
_AMOUNT = regex(
    rf"(?:about |around |approximately |up to |~)?(?P<low>{_NUMBER})(?:\s*(?P<low_unit>{_UNIT}))?"
    rf"\s*{_DASH}\s*(?P<high>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?"
    rf"|(?:about |around |approximately |up to |~)?(?P<only>{_NUMBER})(?:\s*(?P<only_unit>{_UNIT}))?"
)
_DENOMINATOR = regex(
    r"\s*(?:/|\bper\b|\bfor (?:each|every)\b|\beach\b|\bin (?:any |one |a |each )?|\ban?\b)\s*(?:"
    + "|".join(sorted(map(re.escape, _PER), key=len, reverse=True))
    + r")(?![\w²])(?:\s+of\s+body\s?-?weight)?"
)
_DAILY = regex(r"\s*\b(?:daily|a day|each day)\b")
_HEDGE = regex(r"\b(?:up to|needed|required|necessary|prn|max(?:imum)?|at most|or|then|if|when)\b")
_WORD_NUMBERS = {
    "once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6,
}  # fmt: skip
_ABBREVIATIONS = {"od": 1, "bd": 2, "bid": 2, "tid": 3, "tds": 3, "qid": 4, "qds": 4}
_TIMES = regex(
    r"(?:(once|twice|thrice)|(one|two|three|four|five|six|\d{1,2}) times?)"
    r"(?: a| each| every| per)?[ /]?(?:day|daily|24 hours)"
)
_EVERY = regex(rf"every (?:\d{{1,2}} ?{_DASH} ?)?(\d{{1,2}}) ?(?:h|hr|hrs|hours?)\b")


class Quantity(Struct, frozen=True):
    """An amount, or a range of amounts, with its unit."""

    text: str = ""
    """As the author writes it."""
    low: str = ""
    """The lower number in digits, in `unit`; '' where none can be read with certainty."""
    high: str = ""
    """The higher number; that of `low` where there is only one."""
    unit: str = ""
    """As written, of the higher number; '' where there is none."""
    per: tuple[str, ...] = ()
    """What it is for one of: `kg`, `day`, `dose`, … in one spelling."""

    @property
    def is_range(self) -> bool:
        """Whether there are two numbers."""
        return self.low != self.high


NO_QUANTITY = Quantity()


def read_quantity(text: str) -> Quantity:
    """The quantity that a text states at its start; only the text where it states none, or one with
    two units that cannot be converted."""
    lower = text.lower()
    match = _AMOUNT.match(lower)
    if match is None:
        return Quantity(text)
    low, high = (_plain(match[name] or match["only"]) for name in ("low", "high"))
    name = "unit" if match["low"] else "only_unit"
    unit = text[match.start(name) : match.end(name)] if match[name] else ""
    low_unit = match["low_unit"]
    if low_unit and low_unit != unit.lower():
        factor = _factor(low_unit, unit)
        if factor is None:
            return Quantity(text)
        low = f"{Decimal(low) * factor:f}"
    return Quantity(text, low, high, unit, tuple(_denominators(lower, match.end())))


def _denominators(text: str, at: int) -> list[str]:
    found: list[str] = []
    while match := _DENOMINATOR.match(text, at) or _DAILY.match(text, at):
        words = match.group().strip()
        name = next(
            (_PER[name] for name in sorted(_PER, key=len, reverse=True) if _ends(words, name)), ""
        )
        found.append("day" if "daily" in words else name)
        at = match.end()
    return found


def _ends(words: str, name: str) -> bool:
    plain = re.sub(r"\s+of\s+body\s?-?weight$", "", words)
    return plain.endswith(name) and not plain[: -len(name)][-1:].isalnum()


def _plain(number: str) -> str:
    return number.replace(",", "")


def is_known_unit(unit: str) -> bool:
    """Whether a unit is one in which medicines are measured or counted."""
    return dimension_of(unit) is not None


class Dimension(NamedTuple):
    """What a unit measures, and how much of its base unit it is."""

    name: str
    factor: Decimal


def dimension_of(unit: str) -> Dimension | None:
    """The dimension of a unit; None where the unit is not known."""
    word = unit.lower()
    for name, units in (
        ("mass", _MASS),
        ("volume", _VOLUME),
        ("activity", _UNITS_OF_ACTIVITY),
        ("substance", _SUBSTANCE),
    ):
        if word in units:
            return Dimension(name, Decimal(units[word]))
    for singular in (word, word.removesuffix("s"), word.removesuffix("es"), f"{word[:-3]}y"):
        if singular in _COUNTED:
            return Dimension(singular, Decimal(1))
    return None


def _factor(unit: str, other: str) -> Decimal | None:
    """What a number in `unit` is multiplied by to be in `other`; None where they do not measure the
    same."""
    first, second = dimension_of(unit), dimension_of(other)
    if first is None or second is None or first.name != second.name:
        return None
    return first.factor / second.factor


def amount_in(quantity: Quantity, number: str, other: Quantity) -> Decimal | None:
    """One of the numbers of a quantity in the unit of another; None where that cannot be said."""
    factor = _factor(quantity.unit, other.unit) if number and other.high else None
    return Decimal(number) * factor if factor is not None else None


def times_a_day(frequency: str) -> Decimal | None:
    """How many times a day a text says at least; None where it leaves that open (`up to`, `when
    needed`) or says something else."""
    text = " ".join(frequency.lower().replace("-", "\u2013").split())
    if _HEDGE.search(text):
        return None
    if text in _ABBREVIATIONS:
        return Decimal(_ABBREVIATIONS[text])
    if match := _TIMES.fullmatch(text):
        word = match[1] or match[2]
        return Decimal(_WORD_NUMBERS.get(word) or int(word))
    if match := _EVERY.fullmatch(text):
        hours = int(match[1])
        return Decimal(24) / hours if hours else None
    return Decimal(1) if text in ("daily", "every day", "a day") else None


# how often something happens

BANDS = ("very_common", "common", "uncommon", "rare", "very_rare")
"""Frequencies of side effects, in the words of the convention of CIOMS and of the EMA's guideline on
the summary of product characteristics, the most frequent first."""
BAND_LIMITS = {
    "very_common": (0.1, 1.01),
    "common": (0.01, 0.1),
    "uncommon": (0.001, 0.01),
    "rare": (0.0001, 0.001),
    "very_rare": (0.0, 0.0001),
}
"""The least number of people of one, which is part of the band, and the number that is not any
more."""
_BAND = regex(r"\b(very[ _-]common|very[ _-]rare|uncommon|common|rare)(?:ly)?\b")
_UNKNOWN = regex(r"\b(?:unknown|not known|cannot be estimated)\b")
_SHARE = regex(
    r"(?P<bound>≥|>=|≤|<=|>|<|(?:more|less|fewer) than|at least|up to|over|under)?\s*(?:"
    rf"(?P<percent>{_NUMBER})(?:\s*{_DASH}\s*(?P<to>{_NUMBER}))?\s*(?:%|per ?cent)"
    rf"|(?P<part>\d{{1,6}})\s*(?:in|/|of|out of)\s*(?P<whole>\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}))"
)
_LOWER_BOUNDS = frozenset(("≥", ">=", ">", "more than", "at least", "over"))


class Frequency(Struct, frozen=True):
    """How often a side effect occurs."""

    text: str = ""
    """As the author writes it."""
    band: str = ""
    """One of `BANDS`, or `unknown` where the author says so; '' where neither words nor numbers say
    it."""
    low: float = -1.0
    """The share of people that numbers state, at least and at most; -1 without numbers."""
    high: float = -1.0

    @property
    def agrees(self) -> bool:
        """Whether word and numbers can both be right."""
        if self.low < 0 or self.band not in BAND_LIMITS:
            return True
        least, limit = BAND_LIMITS[self.band]
        return self.low < limit and self.high >= least


NO_FREQUENCY = Frequency()


def read_frequency(text: str) -> Frequency:
    """The frequency that a text states in words, in numbers (`20 %`, `1 in 100`), or in both."""
    lower = text.lower()
    word = _BAND.search(lower)
    band = re.sub("[ -]", "_", word[1]) if word else ""
    low, high = _share(lower)
    if not band and low > 0:
        band = next((name for name in BANDS if low >= BAND_LIMITS[name][0]), "")
    if not band and _UNKNOWN.search(lower):
        band = "unknown"
    return Frequency(text, band, low, high)


def _share(text: str) -> tuple[float, float]:
    """The least and the greatest share of people that the numbers of a text state; -1 and -1 for
    none."""
    lows: list[float] = []
    highs: list[float] = []
    for match in _SHARE.finditer(text):
        if match["percent"]:
            first = float(_plain(match["percent"])) / 100
            second = float(_plain(match["to"])) / 100 if match["to"] else first
        else:
            whole = float(_plain(match["whole"]))
            first = second = float(match["part"]) / whole if whole else 0.0
        bound = (match["bound"] or "").strip()
        if bound in _LOWER_BOUNDS:
            lows.append(first)
        elif bound:
            highs.append(second)
        else:
            lows.append(first)
            highs.append(second)
    if not lows and not highs:
        return -1.0, -1.0
    return (min(lows) if lows else 0.0), (max(highs) if highs else 1.0)
