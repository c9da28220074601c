"""unknown-heading (I104)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.sections import known_spelling
from ...model.finding import Problem
from .. import rule

MAX_LISTED = 20
"""Headings of one file that are reported individually."""


@rule("I104", "unknown-heading")
def unknown_heading(page: Draft) -> Iterator[Problem]:
    """A heading is not the name of a monograph section. The section is shown under its own name.

    Why it matters: readers find such a section, but nothing that looks for, say, contraindications
    does.

    Wrong: `## Where it must not be given`

    Right: `## Contraindications`

    How to fix: use the known heading if one has the same meaning; otherwise nothing.
    """
    if not page.is_medicine:
        return
    other = [part for part in page.content if part.key == "other" and part.heading]
    # `misspelt-heading` reports those with a known spelling
    unknown = [part for part in other if not known_spelling(part.heading)]
    for part in unknown[:MAX_LISTED]:
        message = f"Unknown section {part.heading!r}; it is shown as it is."
        yield page.at(part.line, f"{message}\nUse a known heading if one has the same meaning.")
    if len(unknown) > MAX_LISTED:
        message = f"{len(unknown) - MAX_LISTED} more unknown sections from here on."
        yield page.at(unknown[MAX_LISTED].line, message)
