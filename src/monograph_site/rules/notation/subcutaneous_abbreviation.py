"""subcutaneous-abbreviation (I614)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, others, words

_WORDS = ("SC", "SQ", "sub q", "subQ", "SubQ")


@rule("I614", "subcutaneous-abbreviation")
def subcutaneous_abbreviation(page: Draft) -> Iterator[Problem]:
    """Injections under the skin are abbreviated `SC`, `SQ` or `sub q` (one finding a file).

    All are on ISMP's list; the BNF writes directions without abbreviation.

    Why it matters: `SC` was read as `SL` (under the tongue), `SQ` as `5 every`.

    Wrong: `40 mg SC every two weeks`

    Right: `40 mg under the skin every two weeks`

    How to fix: write `under the skin`, `subcutaneous` or `subcutaneously`.
    """
    if not follows(page, "ismp", "nhs"):
        return
    places = words(page, _WORDS)
    if places:
        start, word = places[0]
        said = f"{word!r} abbreviates `subcutaneous`{others(len(places))}."
        yield at(
            page, start, start + len(word), f"{said}\nWrite `subcutaneous`, or `under the skin`."
        )
