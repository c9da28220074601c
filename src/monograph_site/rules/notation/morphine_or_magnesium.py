"""morphine-or-magnesium (W608)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, words

_SALTS = (
    "MSO4",
    "MSO₄",
    "MgSO4",
    "MgSO₄",
    "MSO",
    "MgSO",
)  # without the figure where `<sub>` makes it small
_DOSE = re.compile(r"MS ?[0-9][0-9.]{0,9} ?mg\b")


@rule("W608", "morphine-or-magnesium")
def morphine_or_magnesium(page: Draft) -> Iterator[Problem]:
    """A dose is given of `MS`, `MSO4` or `MgSO4`.

    All three are on ISMP's list and on the Joint Commission's, and the BNF wants names of medicines
    in full. `MS` is found only beside a dose: elsewhere it is multiple sclerosis.

    Why it matters: each was taken for the other, and both are dangerous: morphine sulfate and
    magnesium sulfate.

    Wrong: `MSO4 10 mg`

    Right: `morphine sulfate 10 mg`

    How to fix: write the name of the medicine that is meant.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for start, word in words(page, _SALTS):
        yield at(page, start, start + len(word), _text(word))
    for start, word in words(page, ("MS",)):
        dose = _DOSE.match(page.prose, start)
        if dose:
            yield at(page, start, dose.end(), _text(word))


def _text(word: str) -> str:
    return (
        f"{word!r} is read as morphine sulfate and as magnesium sulfate.\nWrite the name in full."
    )
