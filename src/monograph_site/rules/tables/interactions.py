"""Interactions that are stated as data: duplicate-interaction (W055) and unknown-severity
(W056)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import squash
from ...model.suggest import did_you_mean
from ...model.tables import SEVERITIES
from .. import _subjects, rule
from ._places import at_field


@rule("W055", "duplicate-interaction", about=_subjects.rows)
def duplicate_interaction(page: Draft) -> Iterator[Problem]:
    """Two rows of `interactions` are about the same substance.

    Why it matters: readers who find one row do not look for another, and the two will come to
    differ.

    Wrong: `interactions: [{with: Warfarin, severity: severe}, {with: warfarin, severity: mild}]`

    Right: `interactions: [{with: Warfarin, severity: severe}]`

    How to fix: make one row of them.
    """
    keys: set[str] = set()
    for row, path in page.rows.interactions:
        key = squash(row.substance)
        if key and key in keys:
            text = f"interactions: {row.substance!r} has a row already.\nMake one row of them."
            yield at_field(page, "interactions", path, "with", text)
        keys.add(key)


@rule("W056", "unknown-severity", languages=("en",), about=_subjects.rows)
def unknown_severity(page: Draft) -> Iterator[Problem]:
    """The severity of an interaction is another word than contraindicated, severe, moderate, mild
    or unknown. (Major, serious and minor are understood too.)

    Why it matters: it is shown as written, but after all others: a bad interaction with a
    misspelt severity comes last.

    Wrong: `severity: sever`

    Right: `severity: severe`

    How to fix: use one of the words.
    """
    for row, path in page.rows.interactions:
        if row.severity and row.severity not in SEVERITIES:
            hint = did_you_mean(row.severity, SEVERITIES) or f"Write {', '.join(SEVERITIES)}."
            text = f"interactions.severity: {row.severity!r} is not a severity.\n{hint}"
            yield at_field(page, "interactions", path, "severity", text)
