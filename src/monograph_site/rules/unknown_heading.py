"""unknown-heading (I104)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule

MANY = 20
"""Headings of one file that are named one by one."""


@rule("I104", "unknown-heading")
def unknown_heading(page: Draft) -> Iterator[Fault]:
    """A section under a heading no monograph section is known by. It is shown under its own name.

    Why it matters: such a section is found by readers, but not by anything that looks for, say, contraindications.

    Wrong: `## Contra indicatons`

    Right: `## Contraindications`

    How to fix: use the known heading where one says the same; else nothing need be done.
    """
    unknown = [part for part in page.content if page.is_medicine and part.key == "other" and part.heading]
    for part in unknown[:MANY]:
        yield page.at(part.line, f"{part.heading!r} is none of the known sections; it is shown as it is.")
    if len(unknown) > MANY:
        more = len(unknown) - MANY
        yield page.at(unknown[MANY].line, f"{more} more headings from here on are none of the known sections.")
