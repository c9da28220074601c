"""missing-thousands-separator (W611)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, mended, shown, with_commas


@rule("W611", "missing-thousands-separator", fixable=True)
def missing_thousands_separator(page: Draft) -> Iterator[Problem]:
    """A dose of five or more figures has no comma.

    ISMP's list and the NHS style guide both ask for commas from 1,000 on. Smaller numbers: see
    `four-digit-dose`.

    Why it matters: 100000 was read as 10,000 and as a million.

    Wrong: `100000 units`

    Right: `100,000 units`

    How to fix: put a comma before every three figures, or write `100 thousand`.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for dose in doses(page):
        if not dose.is_result and any(
            len(one.partition(".")[0]) > 4 and "," not in one for one in (dose.low, dose.number)
        ):
            said = f"{shown(page, dose)!r} has no comma: one zero more or less is not seen."
            yield fault(page, dose, f"{said}\nWrite {mended(page, dose, with_commas)!r}.")
