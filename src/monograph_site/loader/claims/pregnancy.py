"""Whether a medicine may be used in pregnancy and while breastfeeding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.claims import Claim
from .sentences import Text

_WHO = (
    r"((?:[\s,/&*]*\b(?:pregnancy|pregnant|breast-?\s?feeding|lactation|lactating|"
    r"nursing|women|mothers|individuals|patients|people|both|and|or|the)\b)+)"
)
_AGAINST = (
    (
        "contraindicated",
        re.compile(r"contraindicated\s+(?:for\s+use\s+)?(?:in|during|throughout|for)\b" + _WHO),
    ),
    (
        "not ",
        re.compile(
            r"not recommended\s+(?:for\s+use\s+)?(?:in|during|throughout|for|while)\b" + _WHO
        ),
    ),
    (
        "not ",
        re.compile(r"not be (?:used|taken|given)\s+(?:in|during|throughout|by|while)\b" + _WHO),
    ),
    (
        "avoid",
        re.compile(r"avoid(?:ed)?\s+(?:(?:its\s+)?use\s+)?(?:in|during|throughout|while)\b" + _WHO),
    ),
)
_TO_USE = r"\s+(?:(?:to|for)\s+(?:use|take|be\s+used|be\s+taken)\s+)?(?:in|during|for|throughout|while|with)\b"
_FOR = (
    ("safe ", re.compile("safe" + _TO_USE + _WHO)),
    ("compatible ", re.compile("compatible" + _TO_USE + _WHO)),
)
_NEGATED = re.compile(
    r"\b(?:not|isn't|isn’t|never|no|neither|nor|whether|if|unless|may|might|could|establish\w*|studies|assumed)\b"
)
_LIMITED = re.compile(
    r"\b(?:trimesters?|first|second|third|early|late|term|unless|except|only|relative\w*|certain|some|topical\w*|oral\w*|"
    r"inhaled|vaginal\w*|intravenous\w*|intranasal|injectable|high|higher|low|lower|large|small|short|dietary|food|amounts|"
    r"weeks?|may|might|however|severe|who|hours?|days?)\b"
)
_TIMES = (
    ("pregnancy", "pregnan"),
    ("breastfeeding", "breast"),
    ("breastfeeding", "lactat"),
    ("breastfeeding", "nursing"),
)


def pregnancy(text: Text) -> Iterator[Claim | None]:
    """Statements without conditions that the medicine is safe, or contraindicated."""
    if not any(word in text.lower for word in ("pregnan", "breast", "lactat", "nursing")):
        return
    for side, ways in (("against", _AGAINST), ("safe", _FOR)):
        for word, pattern in ways:
            for found in text.find(word, pattern):
                before = found.before if side == "safe" else found.before[-25:]
                if not _NEGATED.search(before) and not _LIMITED.search(found.sentence):
                    for topic in _topics(found.match.group(1)):
                        yield found.claim(topic, side)


def _topics(who: str) -> list[str]:
    return list(dict.fromkeys(topic for topic, word in _TIMES if word in who))
