"""Side effects that are stated as data: frequency-disagrees (W053) and unknown-frequency (W054)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule
from ._places import at_field

_MEANINGS = {
    "very_common": "at least 1 in 10",
    "common": "1 in 100 to 1 in 10",
    "uncommon": "1 in 1,000 to 1 in 100",
    "rare": "1 in 10,000 to 1 in 1,000",
    "very_rare": "fewer than 1 in 10,000",
}
"""What the words mean in the convention of CIOMS and of the EMA."""


@rule("W053", "frequency-disagrees", languages=("en",), about=_subjects.rows)
def frequency_disagrees(page: Draft) -> Iterator[Problem]:
    """The word and the number of a side effect's frequency do not agree. In the convention of CIOMS
    and of the EMA, very common is at least 1 in 10 people, common 1 in 100 to 1 in 10, uncommon
    1 in 1,000 to 1 in 100, rare 1 in 10,000 to 1 in 1,000, and very rare less.

    Why it matters: readers of the word and readers of the number learn different risks.

    Wrong: `{effect: Headache, frequency: common (20 %)}`

    Right: `{effect: Headache, frequency: very common (20 %)}`

    How to fix: look the number up, and use the word for it.
    """
    for row, path in page.rows.side_effects:
        frequency = row.frequency
        if not frequency.agrees:
            word = frequency.band.replace("_", " ")
            text = (
                f"side_effects.frequency: {frequency.text!r}, but {word} means "
                f"{_MEANINGS[frequency.band]} people.\nCorrect the word or the number."
            )
            yield at_field(page, "side_effects", path, "frequency", text)


@rule("W054", "unknown-frequency", languages=("en",), about=_subjects.rows)
def unknown_frequency(page: Draft) -> Iterator[Problem]:
    """The frequency of a side effect is neither a word of the convention (very common, common,
    uncommon, rare, very rare, unknown) nor a number (`20 %`, `1 in 100`). It is shown as written,
    after the others.

    Why it matters: `often` means one thing to one reader and another to the next.

    Wrong: `frequency: often`

    Right: `frequency: common`, or `frequency: 3 %`.

    How to fix: look the frequency up, and write its word or number.
    """
    for row, path in page.rows.side_effects:
        frequency = row.frequency
        if frequency.text and not frequency.band and frequency.low < 0:
            text = (
                f"side_effects.frequency: {frequency.text!r} is neither a word of the "
                "convention nor a number.\nWrite very common, common, uncommon, rare, very rare or a number with %."
            )
            yield at_field(page, "side_effects", path, "frequency", text)
