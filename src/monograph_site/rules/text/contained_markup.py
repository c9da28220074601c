"""contained-markup (W212)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W212", "contained-markup")
def contained_markup(page: Draft) -> Iterator[Problem]:
    """Lists or quotes nested too deep, or a paragraph too long to look for markup in. The text is
    shown as it is typed.

    Why it matters: nothing is lost, but readers see the markup's signs.

    Wrong: a list within thirty lists.

    Right: a list within two.

    How to fix: make lists and quotes flatter, and paragraphs shorter.
    """
    for line, detail in page.notes("deep-nesting", "long-paragraph"):
        yield page.at(
            line,
            f"Too deep or too long to look for markup in; it is shown as it is typed: {detail!r}.\n"
            "Make it flatter or shorter.",
        )
