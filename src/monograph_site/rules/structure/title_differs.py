"""title-differs (W102)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import squash
from .. import rule


@rule("W102", "title-differs")
def title_differs(page: Draft) -> Iterator[Problem]:
    """The first-level heading and the title in front matter differ. The page shows both.

    Why it matters: one of the two names may be that of another medicine, or misspelt.

    Wrong: `title: Examplin Clacium` above `# Examplin Calcium`.

    Right: the same words in both, or no first-level heading.

    How to fix: find out which is right, and use it in both.
    """
    for heading, line in page.outline.titles:
        if page.fields.title and squash(heading) != squash(page.title):
            message = f"Heading {heading!r} and title {page.title!r} differ."
            yield page.at(line, f"{message}\nUse the same name in both.")
