"""four-digit-dose (I612)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, mended, others, shown, with_commas


@rule("I612", "four-digit-dose", fixable=True)
def four_digit_dose(page: Draft) -> Iterator[Problem]:
    """Doses of four figures have no comma (one finding a file).

    ISMP's list and the NHS style guide both ask for commas from 1,000 on. Larger numbers: see
    `missing-thousands-separator`.

    Why it matters: a comma shows at a glance that there are thousands.

    Wrong: `1000 mg`

    Right: `1,000 mg`, or `1 g`

    How to fix: write the comma, or the larger unit.
    """
    if not follows(page, "ismp", "nhs"):
        return
    found = [
        dose
        for dose in doses(page)
        if not dose.is_result
        and any(
            len(one.partition(".")[0]) == 4 and "," not in one for one in (dose.low, dose.number)
        )
    ]
    if found:
        said = f"{shown(page, found[0])!r} has no comma{others(len(found))}."
        yield fault(page, found[0], f"{said}\nWrite {mended(page, found[0], with_commas)!r}.")
