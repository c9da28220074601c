"""Routes of administration, and routes that are ruled out."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...regex import regex
from .sentences import Text

_ROUTES = {
    "oral": "oral(?:ly)?|by mouth",
    "intravenous": "intravenous(?:ly)?|iv",
    "intramuscular": "intramuscular(?:ly)?|im",
    "subcutaneous": "subcutaneous(?:ly)?|sc",
    "inhaled": "inhal(?:ed|ation)",
    "eye": "ophthalmic(?:ally)?",
    "nose": "(?:intra)?nasal(?:ly)?",
    "rectal": "rectal(?:ly)?",
    "vaginal": "(?:intra)?vaginal(?:ly)?",
    "skin": "topical(?:ly)?|external(?:ly)?",
}
_ROUTE = regex("|".join(rf"\b(?P<{name}>{words})\b" for name, words in _ROUTES.items()))
_LIST = (
    r"(?:[\s,/()]++|\b(?:"
    + "|".join(_ROUTES.values())
    + r"|injection|infusion|and|or|as|an?|by|via|the|in)\b)++"
)
_FOR_USE = regex(rf"\bfor({_LIST})use $")
_PATTERNS = (
    ("only", "only", regex(rf"only(?: (?:be )?(?:given|administered)({_LIST})|(?<=use only)\b())")),
    ("not", "not for", regex(f"not for({_LIST})")),
    ("by", "given ", regex(f"given({_LIST})")),
    ("by", "administered ", regex(f"administered({_LIST})")),
)
_LIMITED = regex(
    r"\bonly(?: be)? (?:given|administered)\b.*\bfor\b"
    r"|\b(?:if|unless|except|when|should|may|might|can|could|cases?|children|with|plus|undiluted"
    r"|alone|together|some|certain|forms?|formulations?|preparations?|sometimes|typically|push"
    r"|bolus|rapid\w*|routine\w*|investigat\w*|cream|ointment|gel|tablets?|drops|before|after"
    r"|during|vials?|multi-?dose|ampoules?|benzyl|preserv\w*|containing|presentations?|strengths?"
    r"|brands?|solutions?|suspensions?|powders?|sprays?|lotions?|patch(?:es)?|lozenges?|syrups?"
    r"|suppositor\w+)\b"
)
_NOT = regex(r"\b(?:not|never)(?: be| usually)? $")
_NEGATED = regex(r"\b(?:not|never|no|nor|only|exclusively)\b|n['’]t\b")


def route(text: Text) -> Iterator[Claim | None]:
    """Routes that are the only ones (side `only`), that are ruled out (`not`), and that are used
    (`by`); the routes are the value."""
    for stated_side, word, pattern in _PATTERNS:
        for sentence in text.find(word, pattern):
            phrase, side = sentence.match.group(1), stated_side
            if side == "only" and not phrase:
                before = _FOR_USE.search(sentence.before)
                phrase = before.group(1) if before else ""
            routes = sorted({match.lastgroup or "" for match in _ROUTE.finditer(phrase or "")})
            if routes and side == "by" and _NEGATED.search(sentence.before):
                side = "not" if _NOT.search(sentence.before) else ""
            if routes and side and not _LIMITED.search(sentence.text):
                yield sentence.claim("route", side, " ".join(routes))
