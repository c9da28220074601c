"""name-runs-into-dose (W610)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import fault, follows, mended, shown, stuck


@rule("W610", "name-runs-into-dose", fixable=True)
def name_runs_into_dose(page: Draft) -> Iterator[Problem]:
    """The name of a medicine and its dose are written without a space between them.

    It is on ISMP's list: `Inderal40 mg` was read as Inderal 140 mg.

    Why it matters: a last letter like l is read as a figure, and the dose becomes several times as
    large.

    Wrong: `Samplol40 mg`

    Right: `Samplol 40 mg`

    How to fix: put a space between name and number.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for dose in stuck(page):
        said = f"{dose.word + shown(page, dose)!r}: the number is stuck to the word before it."
        yield fault(page, dose, f"{said}\nWrite {dose.word + ' ' + mended(page, dose)!r}.")
