"""daily-abbreviation (W606)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, words

_MEANING = dict.fromkeys("QD qd Q.D. q.d.".split(), "once a day")
_MEANING |= dict.fromkeys("QOD qod Q.O.D. q.o.d.".split(), "every other day")


@rule("W606", "daily-abbreviation", fixable=True)
def daily_abbreviation(page: Draft) -> Iterator[Problem]:
    """A medicine is to be taken `QD`, `q.d.` or `QOD`.

    ISMP's list has all of them; the NHS style guide and the BNF give directions in plain words.

    Why it matters: `QD` and `QOD` were read as `QID`: four doses a day instead of one, or of one
    every other day.

    Wrong: `20 mg QD`

    Right: `20 mg once a day`

    How to fix: write `once a day` or `every other day`.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for start, word in words(page, _MEANING):
        yield at(
            page,
            start,
            start + len(word),
            f"{word!r} is misread as four times a day.\nWrite {_MEANING[word]!r}.",
        )
