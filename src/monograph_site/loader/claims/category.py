"""Pregnancy categories. The letters of the United States (until 2015) and those of Australia have
different meanings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...model.claims import Claim
from ...regex import regex
from .sentences import ClaimSentence, Text

_LETTER = regex(r"category\W{0,6}([abcdx])\b(?![-\w/])(?! for (?!use\b|pregnan))")
"""Not a letter for something else than the page's medicine: `category B for vitamin B6`."""
_PREGNANCY = regex(r"pregnan|\bfda\b")
_COUNTRY = regex(
    r"\b(?:(?P<US>us|u\.s|usa|united states|america\w*|fda)"
    r"|(?P<Australia>austral\w*|tga|adec|swed\w*|new zealand)"
    r"|(?P<Germany>german\w*)|(?P<Denmark>danish|denmark)|(?P<Canada>canad\w*)|(?P<India>india\w*)"
    r"|(?P<UK>uk|united kingdom|britain|british)|(?P<Japan>japan\w*)|(?P<Brazil>brazil\w*)"
    r"|(?P<Switzerland>swiss|switzerland)|(?P<Europe>eu|europ\w*|ema))\b"
)
_LIMITED = regex(
    r"trimester|/|\b(?:weeks?|labou?r|term|when|alone|or|combined|doses?|older|previous\w*"
    r"|former\w*|not|oral\w*|topical\w*|with|individual\w*)\b"
)


@lru_cache(maxsize=1)  # a rule and the facts of the same page ask for them
def category(text: Text) -> tuple[Claim | None, ...]:
    """Every letter that is stated for pregnancy without a condition. The letter is the side; the
    value is the country, '' for the United States."""
    return tuple(_categories(text))


def _categories(text: Text) -> Iterator[Claim | None]:
    for sentence in text.find("category", _LETTER):
        if (
            text.page.prose[sentence.match.start(1)].isupper()
            and (sentence.section == "pregnancy" or _PREGNANCY.search(sentence.text))
            and not _LIMITED.search(sentence.text)
        ):
            yield sentence.claim("category", sentence.match.group(1).upper(), _country(sentence))


def _country(sentence: ClaimSentence) -> str:
    """The country that is named nearest to a letter; '' for the United States, and where none is."""
    before = [
        (len(sentence.before) - match.end(), match.lastgroup or "")
        for match in _COUNTRY.finditer(sentence.before)
    ]
    after = [(match.start(), match.lastgroup or "") for match in _COUNTRY.finditer(sentence.after)]
    country = min([*before, *after], default=(0, ""))[1]
    return "" if country == "US" else country
