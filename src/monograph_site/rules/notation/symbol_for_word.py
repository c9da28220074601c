"""symbol-for-word (I616)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, offsets, others

_SIGNS = ("<", ">", "≤", "≥", "&lt;", "&gt;", "@", "& ")
_NUMBER = re.compile(r"=? ?[0-9][0-9.,]{0,9}(?<=[0-9])")
_DOSE = re.compile(r"[0-9] ?[a-zA-Z]{0,5} ?$")


@rule("I616", "symbol-for-word")
def symbol_for_word(page: Draft) -> Iterator[Problem]:
    """A number stands beside `<`, `>`, `≤`, `≥`, `@` or `&` (ISMP list only; one finding a file).

    They are symbols of ISMP's list, which asks for words.

    Why it matters: `<10` was read as 40, the two signs are mistaken for each other, and `@` and `&`
    look like a 2.

    Wrong: `children <12 years`

    Right: `children under 12 years`

    How to fix: write `less than`, `more than`, `at least`, `up to`, `at` or `and`.
    """
    if not follows(page, "ismp"):
        return
    places = sorted(place for sign in _SIGNS for place in _places(page.prose, sign))
    if places:
        start, end = places[0]
        said = f"A symbol that is misread stands beside a number: {page.prose[start:end]!r}{others(len(places))}."
        yield at(page, start, end, f"{said}\nWrite the word for it.")


def _places(text: str, sign: str) -> Iterator[tuple[int, int]]:
    """Where a sign stands before a number, and is neither an arrow nor a quotation's mark. `@` and
    `&` join numbers."""
    for start in offsets(text, sign):
        number = _NUMBER.match(text, start + len(sign))
        before = text[max(0, start - 8) : start]
        if (
            number
            and before[-1:] not in ("-", "=", "\n", "")
            and (sign not in ("@", "& ") or _DOSE.search(before))
        ):
            yield start, number.end()
