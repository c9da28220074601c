"""letter-for-thousand (W622)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, offsets

_SHORT = re.compile(r"(?<![\w.,])[0-9][0-9.,]{0,7} ?(?:[Kk]|MM?)$")


@rule("W622", "letter-for-thousand")
def letter_for_thousand(page: Draft) -> Iterator[Problem]:
    """A number of units is shortened with `K`, `M` or `MM`.

    It is on ISMP's list, which asks for the figures or for the words `thousand` and `million`.

    Why it matters: `M` means a thousand to some and a million to others.

    Wrong: `5K units`

    Right: `5,000 units`

    How to fix: write all figures, or the word.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for unit in (" units", " IU"):
        for start in offsets(page.prose, unit):
            short = _SHORT.search(page.prose[max(0, start - 14) : start])
            if short:
                end = start + len(unit)
                said = f"{short.group() + unit!r} shortens thousands or millions."
                yield at(
                    page,
                    start - len(short.group()),
                    end,
                    f"{said}\nWrite all figures, or the word.",
                )
