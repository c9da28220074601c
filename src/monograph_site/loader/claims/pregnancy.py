"""Whether a medicine may be used in pregnancy and while breastfeeding."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...regex import regex
from .sentences import Text

_PEOPLE = (
    r"((?:[\s,/&*]*\b(?:pregnancy|pregnant|breast-?\s?feeding|lactation|lactating|"
    r"nursing|women|mothers|individuals|patients|people|both|and|or|the)\b)+)"
)
_PEOPLE_WORDS = frozenset(
    "pregnancy pregnant breast breastfeeding lactation lactating nursing".split()
)
"""The words of `_PEOPLE` that name a topic."""
_AGAINST = tuple(
    ("against", word, other, regex(pattern + _PEOPLE))
    for word, other, pattern in (
        (
            "contraindicated",
            "",
            r"contraindicated\s+(?:for\s+use\s+)?(?:in|during|throughout|for)\b",
        ),
        (
            "not recommended",
            "recommended",
            r"not recommended\s+(?:for\s+use\s+)?(?:in|during|throughout|for|while)\b",
        ),
        ("not be ", "be", r"not be (?:used|taken|given)\s+(?:in|during|throughout|by|while)\b"),
        ("avoid", "", r"avoid(?:ed)?\s+(?:(?:its\s+)?use\s+)?(?:in|during|throughout|while)\b"),
    )
)
_TO_USE = (
    r"\s+(?:(?:to|for)\s+(?:use|take|be\s+used|be\s+taken)\s+)?"
    r"(?:in|during|for|throughout|while|with)\b"
)
_SAFE = tuple(
    ("safe", f"{word} ", "", regex(word + _TO_USE + _PEOPLE)) for word in ("safe", "compatible")
)
_NEGATED = regex(
    r"\b(?:not|isn't|isn’t|never|no|neither|nor|whether|if|unless|may|might|could|establish\w*"
    r"|studies|assumed)\b"
)
_LIMITED = regex(
    r"\b(?:trimesters?|first|second|third|early|late|term|unless|except|only|relative\w*|certain"
    r"|some|topical\w*|oral\w*|inhaled|vaginal\w*|intravenous\w*|intranasal|injectable|high"
    r"|higher|low|lower|large|small|short|dietary|food|amounts|weeks?|may|might|however|severe"
    r"|who|hours?|days?|excess\w*|overdos\w*|intake|prolonged|long-term|unnecessar\w*|routine\w*"
    r"|vials?|multi-?dose|benzyl|preserv\w*|containing|presentations?|strengths?|brands?|herbal"
    r"|unsupervised|self-\w+)\b"
)
_TOPIC_WORDS = (
    ("pregnancy", "pregnan"),
    ("breastfeeding", "breast"),
    ("breastfeeding", "lactat"),
    ("breastfeeding", "nursing"),
)


def pregnancy(text: Text) -> Iterator[Claim | None]:
    """Statements without a condition that the medicine is safe (side `safe`), or must not be used
    (`against`), in pregnancy or while breastfeeding."""
    if text.page.words.isdisjoint(_PEOPLE_WORDS):
        return
    for side, word, other, pattern in (*_AGAINST, *_SAFE):
        for sentence in text.find(word, pattern, *filter(None, [other])):
            before = sentence.before if side == "safe" else sentence.before[-25:]
            if not _NEGATED.search(before) and not _LIMITED.search(sentence.text):
                for topic in _topics(sentence.match.group(1)):
                    yield sentence.claim(topic, side)


def _topics(people: str) -> list[str]:
    return list(dict.fromkeys(topic for topic, word in _TOPIC_WORDS if word in people))
