"""unit-spacing (I609)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import doses, fault, follows, in_names, mended, others, shown


@rule("I609", "unit-spacing", fixable=True)
def unit_spacing(page: Draft) -> Iterator[Problem]:
    """Doses have no space before their unit (ISMP list), or have one (NHS list); one finding a
    file.

    The two lists contradict each other. ISMP wants a space, since the `m` of `10mg` was read as
    zeros. The NHS style guide writes `10mg`. A unit that is a word has its space in both.

    Why it matters: one way of writing is easier to read, and to check, than two.

    Wrong: `10mg` under `notation: ismp`; `10 mg` under `notation: nhs`

    Right: `10 mg` under `notation: ismp`; `10mg` under `notation: nhs`

    How to fix: write doses as your list does, or choose the other list in site.yaml.
    """
    if not follows(page, "ismp", "nhs"):
        return
    wanted = page.config.notation == "ismp"
    found = [dose for dose in doses(page) if bool(dose.gap) is not (wanted or len(dose.unit) > 3)]
    found = [dose for dose in found if not in_names(page, dose.start)]
    if found:
        fact = (
            "has no space before its unit" if found[0].gap == "" else "has a space before its unit"
        )
        said = f"{shown(page, found[0])!r} {fact}{others(len(found))}."
        yield fault(page, found[0], f"{said}\nWrite {mended(page, found[0])!r}.")
