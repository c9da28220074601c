"""Headings that only say for whom, how often or in which form: `More common`, `In children`,
`Tablets`."""

from __future__ import annotations

from functools import lru_cache

from ..loader.parts import PEOPLE
from ..loader.sections import key_for
from ..regex import regex

_EFFECTS = r"(?: (?:side|adverse|undesirable) effects| (?:adverse )?reactions| effects)?"
_QUALIFIERS = {
    "frequency": (
        r"(?:(?:very|more|less|most|rare|rarely) )?(?:but )?(?:common|commonly|uncommon|frequent|rare"
        r"|occasional|infrequent|serious|severe|mild|moderate|long-term|other)"
        rf"(?: (?:but|and|or) (?:serious|severe|rare|mild))?{_EFFECTS}"
        r"|(?:incidence|frequency) (?:not known|unknown)|symptoms of [\w ]+"
    ),
    "people": PEOPLE,
    "scope": r"for [^:?]+|(?:after|during) (?:treatment|use)\b[^:]*",
    "form": (
        r"(?:(?:for|as|with) )?(?:(?:\w+-?\w*|[\d.,]+ ?m?c?g) )?(?:tablets?|capsules?|injections?"
        r"|infusions?|creams?|gels?|ointments?|drops|syrups?|suspensions?|solutions?|sprays?|patch(?:es)?"
        r"|inhalers?|suppositor(?:y|ies)|oral|topical|intravenous|intramuscular|subcutaneous|by mouth)"
    ),
}
_QUALIFIER = regex("|".join(rf"(?P<{kind}>{pattern})" for kind, pattern in _QUALIFIERS.items()))
_MAX_LENGTH = 60
"""Characters of a heading that can be a qualifier."""


@lru_cache(maxsize=4_096)  # pages have the same headings, and several rules ask
def qualifier(heading: str) -> str:
    """What a heading says and nothing else: `frequency`, `people`, `scope` or `form`; '' for any
    other heading."""
    words = heading.strip(" *_:.").lower()
    match = _QUALIFIER.fullmatch(words) if len(words) <= _MAX_LENGTH else None
    return (match.lastgroup or "") if match else ""


def groups(heading: str, following: str) -> bool:
    """Whether a heading without a text is the group of the headings that follow it, although they
    have its level: `More common` above `In children`, `Examplo eye drops` above `Common: rash`."""
    first, second = qualifier(heading), qualifier(following.partition(":")[0])
    if second == "frequency":
        return first != "frequency"
    if first == "frequency":
        return bool(second) or key_for(following) is None
    return bool(first and second) and first != second
