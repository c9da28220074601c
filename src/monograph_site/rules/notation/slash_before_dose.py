"""slash-before-dose (I617)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, doses, follows, others


@rule("I617", "slash-before-dose")
def slash_before_dose(page: Draft) -> Iterator[Problem]:
    """A slash stands between two doses, or between a dose and the amount it is in (ISMP list only;
    one finding a file).

    It is on ISMP's list: `25 units/10 units` was read as 25 units and 110 units.

    Why it matters: a slash before a number looks like the figure 1.

    Wrong: `25 units/10 units`

    Right: `25 units and 10 units`; `125 mg per 5 mL`

    How to fix: write `and` or `per`.
    """
    if not follows(page, "ismp"):
        return
    pairs = [
        (a, b)
        for a, b in pairwise(doses(page))
        if b.start == a.end + 1 and page.prose[a.end] == "/"
    ]
    if pairs:
        first, second = pairs[0]
        text = page.prose[first.start : second.end]
        said = f"The slash in {text!r} looks like a 1{others(len(pairs))}."
        yield at(page, first.start, second.end, f"{said}\nWrite `and` or `per`.")
