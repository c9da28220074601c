"""latin-frequency (I607)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, others, words

_MEANING = dict.fromkeys("BID B.I.D. b.i.d. BD".split(), "twice a day")
_MEANING |= dict.fromkeys("TID tid T.I.D. t.i.d. TDS tds".split(), "3 times a day")
_MEANING |= dict.fromkeys("QID qid Q.I.D. q.i.d. QDS qds".split(), "4 times a day")


@rule("I607", "latin-frequency", fixable=True)
def latin_frequency(page: Draft) -> Iterator[Problem]:
    """Directions use `BID`, `TDS` and the like (NHS list only; one finding a file).

    The BNF wants directions in English without abbreviation, and so does the NHS style guide for
    patients. ISMP's list lets `BID` and `TID` pass.

    Why it matters: few readers know the Latin behind them.

    Wrong: `10 mg BID`

    Right: `10 mg twice a day`

    How to fix: write the words.
    """
    if not follows(page, "nhs"):
        return
    places = words(page, _MEANING)
    if places:
        start, word = places[0]
        said = f"{word!r} abbreviates Latin{others(len(places))}."
        yield at(page, start, start + len(word), f"{said}\nWrite {_MEANING[word]!r}.")
