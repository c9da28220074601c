"""Large doses in grams, which may have been meant in milligrams."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...regex import regex
from .sentences import ClaimSentence, Text

MIN_GRAMS = 20
"""Medicines are rarely taken in as many grams."""
_UNIT = regex(r"g(?:(?<=[\d,] g)(?:rams?)?|(?<=0g))\b")
"""Begins with a letter, which makes the search fast."""
_AMOUNT = regex(r"(?<![\d.,/-])(\d[\d,]{1,8}) ?g(?:rams?)?\b(?! ?/| of\b| per\b| tube| jar| pack)")
_UNIT_WORDS = frozenset(("g", "gram", "grams"))
AROUND = 12
"""Characters before and after a unit in which its number and what it is of are looked for."""
_DIRECTIONS = regex(
    r"\b(?:take|taken|takes|dose|doses|dosage|daily|day|hours|once|twice|times|inject\w*|give|given"
    r"|maximum|exceed)\b"
)
_WHO = regex(
    r"\b(?:for|adults?|patients|people|you|takes?|use|give|should|can|may|the|usual|recommended"
    r"|daily|dose|is|of|up|to|or)\b"
)
"""Words before a dose that do not name another medicine."""


def grams(text: Text) -> Iterator[Claim | None]:
    """Doses of MIN_GRAMS grams and more; the value is the number in digits."""
    if text.page.words.isdisjoint(_UNIT_WORDS):
        return
    for unit in _UNIT.finditer(text.lower, text.start):
        start = max(text.start, unit.start() - AROUND)
        amount = _AMOUNT.search(text.lower, start, unit.end() + AROUND)
        digits = amount[1].replace(",", "") if amount and amount.end() == unit.end() else ""
        if amount and digits and int(digits) >= MIN_GRAMS:
            sentence = ClaimSentence(text, amount)
            sentence.before = _WHO.sub("", sentence.before)
            if _DIRECTIONS.search(sentence.text):
                yield sentence.claim("grams", "g", digits)
