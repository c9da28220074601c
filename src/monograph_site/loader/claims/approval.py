"""What a medicine is approved for, and what it is used for off-label."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...model.strings import words
from ...regex import regex
from .sentences import Text

_TO = r"\s+(?:for|to\s+treat|in|uses?(?:\s+(?:include|is|are))?)\b:?"
_PATTERNS = (
    (
        "off-label",
        "off-label",
        regex(r"off-label(?:\s+(?:use|used|uses|drug|treatment|option|basis|medication))?" + _TO),
    ),
    ("approved", "approved", regex("approved" + _TO)),
    ("approved", "indicated", regex("indicated" + _TO)),
)
_NOT = regex(r"\bnot (?:currently |specifically |officially |yet )?(?:fda-)?$")
_NEGATED = regex(r"\b(?:not|never|no|nor|without|although|if|off-label|may|might|un)\b|n['’]t\b")
_WHOM = regex(
    r"\b(?:child\w*|p(?:a?)ediatric|infants?|adolescents?|neonat\w*|ages?d?|years?|women|men"
    r"|countries|regions?|doses?)\b"
)
_END = regex(r"[.;\n]|\b(?:but|not|however|off-label|although)\b")
_SPLIT = regex(
    r"[,;():/—–]|\be\.g\.|\b(?:and|or|as|such|including|like|in|to|when|where|with|who|for|while|that)\b"
)
_CAUSE = regex(r"\b(?:caused|due|associated|after|before|during|following|secondary|related)\b")
"""What limits a use to one cause or time: `pain after surgery` is another use than `pain`."""
MAX_USE_WORDS = 5
_NEUTRAL = frozenset(
    "a an the of other certain various different types type form forms conditions "
    "condition treatment treatments management therapy treat treating manage managing relief "
    "control use disorder disorders disease diseases relapsing adults adult patients "
    "individuals long term short symptoms symptomatic s is "
    "are its this it therapy-resistant cases case maintenance".split()
)


def approval(text: Text) -> Iterator[Claim | None]:
    """Uses that are called off-label (side `off-label`), or approved or indicated (`approved`); the
    use is the value."""
    for stated_side, word, pattern in _PATTERNS:
        for sentence in text.find(word, pattern):
            negated = word == "approved" and _NOT.search(sentence.before)
            side = "off-label" if negated else stated_side
            uses = _END.split(sentence.after, maxsplit=1)[0]
            if _WHOM.search(uses) if side == "off-label" else _NEGATED.search(sentence.before):
                continue
            for use in dict.fromkeys(map(_use, _SPLIT.split(uses))):
                if use:
                    yield sentence.claim("approval", side, use)


def _use(phrase: str) -> str:
    """A use without the words that do not change its meaning; '' where what is left is too short or
    too long to be compared, or is limited to a cause."""
    if _CAUSE.search(phrase):
        return ""
    kept = [word for word in words(phrase) if word not in _NEUTRAL]
    if len(kept) > MAX_USE_WORDS or len("".join(kept)) < 2:
        return ""
    return " ".join(kept)
