"""Maximum daily doses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...model.claims import Claim
from ...model.strings import words
from ...regex import regex
from .sentences import Text

_MILLIGRAMS = {"mg": 1.0, "mil": 1.0, "mcg": 0.001, "mic": 0.001, "µg": 0.001, "μg": 0.001}
"""Milligrams in a unit, by the first three letters of its name; other units are grams."""
_AMOUNT = (
    r"[:*]*\s+(\d[\d,]{0,8}(?:\.\d{1,4})?)\s*(g|mg|mcg|µg|μg|grams?|milligrams?"
    r"|micrograms?)\b(?!/(?:kg|m|h|ml|dose))(\s*+(?:(?:/|per|in|a|each)\s*+)?(?:day|daily|24[- ]hours))?"
)
_FILLER = (
    r"(?:\s+(?:recommended|total|daily|dose|dosage|is|of|should|not|exceed|adults?|per|day"
    r"|the|for|a)\b)*+"
)
_PATTERNS = (
    ("maximum", regex(r"maximum" + _FILLER + _AMOUNT)),
    ("max", regex(r"max\.?" + _FILLER + _AMOUNT)),
    ("not ", regex(r"not exceed" + _FILLER + _AMOUNT), "exceed"),
    ("not ", regex(r"not (?:take|use|have|give) more than" + _FILLER + _AMOUNT), "more", "than"),
    ("never", regex(r"never (?:take|use|have|give) more than" + _FILLER + _AMOUNT), "more", "than"),
    ("no more", regex(r"no more than" + _FILLER + _AMOUNT), "more", "than"),
    (
        "most",
        regex(
            r"most(?: (?:that )?(?:you|adults|an adult|anyone) (?:can|may|should) take)?"
            r"(?: in (?:any )?(?:24 hours|one day|a day)| (?:each|per|a) day| daily)?"
            r"(?: is)?" + _FILLER + _AMOUNT
        ),
    ),
)
"""By the word with which a match begins, with other words that it has."""
_UNIT_WORDS = frozenset("g gram grams mg milligram milligrams mcg microgram micrograms".split())
_PER_DAY = regex(r"\b(?:daily|day|24)\b")
LIMITED = regex(
    r"\b(?:child\w*|p(?:a)?ediatric\w*|infants?|adolescents?|neonat\w*|ages?d?|years?|elderly"
    r"|older|renal|kidney|hepatic|liver|impair\w*|insufficiency|clearance|crcl|egfr|dialysis|if"
    r"|when|unless|in patients|patients with|combined|inhibitors?|intravenous\w*|iv|im"
    r"|intramuscular\w*|topical\w*|depot|extended|immediate|release|weeks?|first|initial\w*"
    r"|loading|maintenance|severe|otc|prescription|over-the-counter|increas\w*|increments?|some"
    r"|off-label|each|component|for)\b"
)
"""Words of a condition: age, kidney function, use, route."""
_FOR_ADULTS = regex(r"\bfor (?:healthy )?adults\b")
_NEUTRAL = frozenset(
    "a adult adults answer daily day dosage dose doses dosing general maximum per recommended "
    "standard the usual".split()
)
"""Words of labels (`**Adults:**`) under which a dose is for every adult."""


@lru_cache(maxsize=1)  # a rule and the facts of the same page ask for them
def dose(text: Text) -> tuple[Claim | None, ...]:
    """Maximum daily doses for adults without a condition; the side is the dose in milligrams."""
    return tuple(_doses(text))


def _doses(text: Text) -> Iterator[Claim | None]:
    if text.page.words.isdisjoint(_UNIT_WORDS):
        return
    for word, pattern, *others in _PATTERNS:
        for sentence in text.find(word, pattern, *others):
            amount, unit, per_day = sentence.match.groups()
            if not (per_day or _PER_DAY.search(sentence.match.group())):
                continue
            heading = text.heading(sentence.span.line)
            context = f"{_FOR_ADULTS.sub('', sentence.text)} {heading}"
            if not LIMITED.search(context) and _NEUTRAL.issuperset(
                words(" ".join(sentence.labels))
            ):
                milligrams = float(amount.replace(",", "")) * _MILLIGRAMS.get(unit[:3], 1000.0)
                yield sentence.claim("dose", f"{milligrams:g}")
