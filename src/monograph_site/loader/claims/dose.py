"""The most that may be taken in a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.claims import Claim
from ...model.strings import words
from .sentences import Text

_MILLIGRAMS = {"mg": 1.0, "mil": 1.0, "mcg": 0.001, "mic": 0.001, "µg": 0.001, "μg": 0.001}
"""By the first three letters of the unit; others are grams."""
_AMOUNT = (
    r"[:*]*\s+(\d[\d,]{0,8}(?:\.\d{1,4})?)\s*(g|mg|mcg|µg|μg|grams?|milligrams?|micrograms?)\b(?!/(?:kg|m|h|ml|dose))"
    r"(\s*(?:/|per|in|a|each)?\s*(?:day|daily|24[- ]hours))?"
)
_FILLING = r"(?:\s+(?:recommended|total|adult|daily|dose|dosage|is|of|should|not|exceed|adults?|per|day|the|for|a)\b)*"
_WAYS = (
    ("maximum", re.compile(r"maximum" + _FILLING + _AMOUNT)),
    ("not ", re.compile(r"not exceed" + _FILLING + _AMOUNT)),
)
_A_DAY = re.compile(r"\b(?:daily|day|24)\b")
_LIMITED = re.compile(
    r"\b(?:child\w*|p(?:a)?ediatric\w*|infants?|adolescents?|neonat\w*|ages?d?|years?|elderly|older|renal|kidney|hepatic|"
    r"liver|impair\w*|insufficiency|clearance|crcl|egfr|dialysis|if|when|unless|in patients|patients with|combined|"
    r"inhibitors?|intravenous\w*|iv|im|intramuscular\w*|topical\w*|depot|extended|immediate|release|weeks?|first|initial\w*|loading|"
    r"maintenance|severe|otc|prescription|over-the-counter|increas\w*|increments?|some|off-label|each|component|for)\b"
)
_FOR_ADULTS = re.compile(r"\bfor (?:healthy )?adults\b")
_SAYS_NOTHING = frozenset(
    "a adult adults answer daily day dosage dose doses dosing general maximum per recommended standard the "
    "usual".split()
)
"""Words of labels (`**Adults:**`) under which a dose holds for every adult."""


def dose(text: Text) -> Iterator[Claim | None]:
    """Maximum daily doses for adults, without a condition, in milligrams."""
    for word, pattern in _WAYS:
        for found in text.find(word, pattern):
            amount, unit, a_day = found.match.groups()
            where = f"{_FOR_ADULTS.sub('', found.sentence)} {text.heading(found.span.line)}"
            whole = a_day or _A_DAY.search(found.match.group())
            if (
                whole
                and not _LIMITED.search(where)
                and _SAYS_NOTHING.issuperset(words(" ".join(found.labels)))
            ):
                milligrams = float(amount.replace(",", "")) * _MILLIGRAMS.get(unit[:3], 1000.0)
                yield found.claim("dose", f"{milligrams:g}")
