"""fraction-sign (I621)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import follows

_FRACTION = re.compile(r"(?:[0-9]{1,4} ?)?[½¼¾⅓⅔]")


@rule("I621", "fraction-sign")
def fraction_sign(page: Draft) -> Iterator[Problem]:
    """A fraction is written with one small sign: `½`, `¼`.

    ISMP's list (2024) asks for words instead of fractions in small print; the NHS style guide
    spells out common fractions.

    Why it matters: a small `½` is misread as 1 or 2, and `1½` as 12 or 11.

    Wrong: `½ tablet`

    Right: `half a tablet`

    How to fix: write the fraction in words, or the amount as a number with its unit.
    """
    if not follows(page, "ismp", "nhs") or not any(sign in page.prose for sign in "½¼¾⅓⅔"):
        return
    for found in _FRACTION.finditer(page.prose):
        yield page.match(
            found, f"{found.group()!r} is small and misread.\nWrite the fraction in words."
        )
