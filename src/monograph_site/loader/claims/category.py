"""Pregnancy categories. The letters of the United States (until 2015) and those of Australia have
different meanings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.claims import Claim
from .sentences import Text

_LETTER = re.compile(r"category\W{0,6}([abcdx])\b(?![-\w/])")
_PREGNANCY = re.compile(r"pregnan|\bfda\b")
_AUSTRALIA = re.compile(r"\b(?:austral\w*|tga|adec|swed\w*)\b")
_LIMITED = re.compile(
    r"trimester|/|\b(?:weeks?|labou?r|term|when|alone|or|combined|doses?|older|previous\w*"
    r"|former\w*|not|oral\w*|topical\w*|with|individual\w*)\b"
)


def category(text: Text) -> Iterator[Claim | None]:
    """Every letter that is stated for pregnancy without a condition. The letter is the side; the
    value is the country, '' for the United States."""
    for sentence in text.find("category", _LETTER):
        if (
            text.page.prose[sentence.match.start(1)].isupper()
            and (sentence.section == "pregnancy" or _PREGNANCY.search(sentence.text))
            and not _LIMITED.search(sentence.text)
        ):
            country = "Australia" if _AUSTRALIA.search(sentence.text) else ""
            yield sentence.claim("category", sentence.match.group(1).upper(), country)
