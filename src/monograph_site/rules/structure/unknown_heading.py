"""unknown-heading (I104)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.sections import VOCABULARY_LANGUAGES, known_spelling
from ...model.finding import Problem
from .. import rule

MAX_QUOTED = 3
"""Headings of one file that a message quotes."""


@rule("I104", "unknown-heading", languages=VOCABULARY_LANGUAGES)
def unknown_heading(page: Draft) -> Iterator[Problem]:
    """Headings are not the names of monograph sections. The sections are shown under their own names.
    One finding per file, at the first of them.

    Why it matters: readers find such a section, but a search for, say, contraindications does
    not.

    Wrong: `## Where it must not be given`

    Right: `## Contraindications`

    How to fix: use the known heading if one has the same meaning; otherwise leave it.
    """
    if not page.is_medicine:
        return
    other = [part for part in page.content if part.key == "other" and part.heading]
    # `misspelt-heading` reports those with a known spelling
    unknown = [part for part in other if not known_spelling(part.heading)]
    if not unknown:
        return
    quoted = ", ".join(repr(part.heading) for part in unknown[:MAX_QUOTED])
    more = len(unknown) - MAX_QUOTED
    message = f"Unknown section {quoted}; it is shown as it is."
    if len(unknown) > 1:
        message = f"{len(unknown)} unknown sections, shown as they are: {quoted}"
        message += f" and {more} more." if more > 0 else "."
    hint = "Use a known heading if one has the same meaning."
    yield page.at(unknown[0].line, f"{message}\n{hint}")
