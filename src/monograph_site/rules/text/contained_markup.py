"""contained-markup (W212)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W212", "contained-markup", about=_subjects.notes)
def contained_markup(page: Draft) -> Iterator[Problem]:
    """Lists or quotes are nested too deeply, or a paragraph is too long to be parsed. The text is
    shown as typed.

    Why it matters: nothing is lost, but readers see the Markdown characters.

    Wrong: a list within thirty lists.

    Right: a list within two.

    How to fix: use fewer levels of lists and quotes, and shorter paragraphs.
    """
    for line, detail in page.notes("deep-nesting", "long-paragraph"):
        message = f"Nested too deeply or too long to be parsed; shown as typed: {detail!r}."
        yield page.at(line, f"{message}\nUse fewer levels, or shorter paragraphs.")
