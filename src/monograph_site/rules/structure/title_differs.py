"""title-differs (W102)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import squash
from .. import rule


@rule("W102", "title-differs")
def title_differs(page: Draft) -> Iterator[Problem]:
    """The first-level heading and the title in front matter are not the same. The heading is shown
    too.

    Why it matters: one of the two names may be of another medicine, or misspelt.

    Wrong: `title: Examplin Clacium` above `# Examplin Calcium`.

    Right: the same words in both, or no first-level heading.

    How to fix: find out which is right, and remove the other.
    """
    for text, line in page.outline.titles:
        if page.fields.title and squash(text) != squash(page.title):
            yield page.at(
                line, f"The heading says {text!r}, the title {page.title!r}.\nMake them one."
            )
