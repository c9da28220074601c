"""Pregnancy categories: the letters of the United States (until 2015) and of Australia mean
different things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.claims import Claim
from .sentences import Text

_LETTER = re.compile(r"category\W{0,6}([abcdx])\b(?![-\w/])")
_PREGNANCY = re.compile(r"pregnan|\bfda\b")
_ELSEWHERE = re.compile(r"\b(?:austral\w*|tga|adec|swed\w*)\b")
_LIMITED = re.compile(
    r"trimester|/|\b(?:weeks?|labou?r|term|when|alone|or|combined|doses?|older|previous\w*|former\w*|not|oral\w*|topical\w*|"
    r"with|individual\w*)\b"
)


def category(text: Text) -> Iterator[Claim | None]:
    """Every letter that is given for pregnancy without a condition; the country is the value."""
    for found in text.find("category", _LETTER):
        if (
            text.page.prose[found.match.start(1)].isupper()
            and (found.section == "pregnancy" or _PREGNANCY.search(found.sentence))
            and not _LIMITED.search(found.sentence)
        ):
            letter = found.match.group(1).upper()
            yield found.claim(
                "category", letter, "Australia" if _ELSEWHERE.search(found.sentence) else ""
            )
