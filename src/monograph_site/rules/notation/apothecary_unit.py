"""apothecary-unit (W619)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, words

_UNITS = ("grain", "grains", "gr", "dram", "drams", "minim", "minims")
_SIGNS = ("ʒ", "℥")
_NUMBER = re.compile(r"[0-9][0-9./]{0,7} ?$")
_FOOD = re.compile(r" of (?:rice|wheat|corn|sand|salt|sugar|pepper)\b")


@rule("W619", "apothecary-unit")
def apothecary_unit(page: Draft) -> Iterator[Problem]:
    """A dose is given in grains, drams or minims.

    ISMP's list asks for the metric system; so does the NHS style guide for doses.

    Why it matters: `gr` is misread as gram (a grain is 65 mg), the sign of the dram as a 3, the
    minim as mL.

    Wrong: `thyroid, 2 grains`

    Right: `thyroid, 130 mg`

    How to fix: write the metric amount from a source; don't convert by heart.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for start, word in words(page, _UNITS + _SIGNS):
        number = _NUMBER.search(page.prose[max(0, start - 12) : start])
        end = start + len(word)
        if (number or word in _SIGNS) and not _FOOD.match(page.prose, end):
            first = start - len(number.group()) if number else start
            said = f"{page.prose[first:end]!r} is in apothecaries' units."
            yield at(page, first, end, f"{said}\nWrite the metric amount.")
