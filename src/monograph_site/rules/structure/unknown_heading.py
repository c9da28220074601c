"""unknown-heading (I104)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.sections import known_spelling
from ...model.finding import Problem
from .. import rule

MANY = 20
"""Headings of one file that are named one by one."""


@rule("I104", "unknown-heading")
def unknown_heading(page: Draft) -> Iterator[Problem]:
    """A section under a heading no monograph section is known by. It is shown under its own name.

    Why it matters: such a section is found by readers, but not by anything that looks for, say,
    contraindications.

    Wrong: `## Where it must not be given`

    Right: `## Contraindications`

    How to fix: use the known heading where one says the same; else nothing need be done.
    """
    if not page.is_medicine:
        return
    other = [part for part in page.content if part.key == "other" and part.heading]
    unknown = [
        part for part in other if not known_spelling(part.heading)
    ]  # those have a finding of their own
    for part in unknown[:MANY]:
        said = f"{part.heading!r} is none of the known sections; it is shown as it is."
        yield page.at(part.line, f"{said}\nUse a known heading if one says the same.")
    if len(unknown) > MANY:
        more = len(unknown) - MANY
        yield page.at(
            unknown[MANY].line, f"{more} more headings from here on are none of the known sections."
        )
