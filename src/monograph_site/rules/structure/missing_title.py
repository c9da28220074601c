"""missing-title (I105)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I105", "missing-title")
def missing_title(page: Draft) -> Iterator[Problem]:
    """Neither front matter nor a first-level heading gives a title, so the file name is used.

    Why it matters: file names are often shortened or misspelt.

    Wrong: a file that starts with `## Usage`.

    Right: the same with `title: Examplin` in front matter.

    How to fix: add `title`.
    """
    if not page.fields.title and not page.outline.titles:
        yield page.in_front(f"No title; the file name is used: {page.title!r}.\nAdd `title`.")
