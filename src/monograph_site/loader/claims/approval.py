"""For what a medicine is approved, and for what it is used without being approved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.claims import Claim
from ...model.strings import words
from .sentences import Text

_TO = r"\s+(?:for|to\s+treat|in|uses?(?:\s+(?:include|is|are))?)\b:?"
_WAYS = (
    (
        "off-label",
        "off-label",
        re.compile(
            r"off-label(?:\s+(?:use|used|uses|drug|treatment|option|basis|medication))?" + _TO
        ),
    ),
    ("approved", "approved", re.compile("approved" + _TO)),
    ("approved", "indicated", re.compile("indicated" + _TO)),
)
_NOT = re.compile(r"\bnot (?:currently |specifically |officially |yet )?(?:fda-)?$")
_NEGATED = re.compile(
    r"\b(?:not|never|no|nor|without|although|if|off-label|may|might|un)\b|n['’]t\b"
)
_WHOM = re.compile(
    r"\b(?:child\w*|p(?:a?)ediatric|infants?|adolescents?|neonat\w*|ages?d?|years?|women|men|countries|regions?|doses?)\b"
)
_END = re.compile(r"[.;\n]|\b(?:but|not|however|off-label|although)\b")
_SPLIT = re.compile(
    r"[,;():/—–]|\be\.g\.|\b(?:and|or|as|such|including|like|caused|by|in|due|to|when|where|with|who|for|while|associated|"
    r"that|after|before|during|following)\b"
)
_NEUTRAL = frozenset(
    "a an the of other certain some specific various different types type form forms conditions condition treatment "
    "treatments management therapy treat treating manage managing relief control use disorder disorders disease "
    "diseases relapsing active adults adult patients individuals long term short symptoms symptomatic adjunctive "
    "adjunct s moderate severe mild is are its this it therapy-resistant cases case maintenance".split()
)


def approval(text: Text) -> Iterator[Claim | None]:
    """Uses that are called off-label, and uses that are called approved or indicated; the use is
    the value."""
    for way, word, pattern in _WAYS:
        for found in text.find(word, pattern):
            side = "off-label" if word == "approved" and _NOT.search(found.before) else way
            rest = _END.split(found.after, maxsplit=1)[0]
            doubtful = _WHOM.search(rest) if side == "off-label" else _NEGATED.search(found.before)
            for use in () if doubtful else dict.fromkeys(map(_use, _SPLIT.split(rest))):
                if use:
                    yield found.claim("approval", side, use)


def _use(phrase: str) -> str:
    """A use without the words that change nothing of it; '' where little is left."""
    kept = [word for word in words(phrase) if word not in _NEUTRAL]
    return (
        " ".join(kept)
        if kept and len(kept) <= 5 and not (len(kept) == 1 and len(kept[0]) < 2)
        else ""
    )
