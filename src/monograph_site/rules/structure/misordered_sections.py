"""misordered-sections (I114)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.parts import Part
from ...model.finding import Problem
from .. import rule

_BEFORE = {
    "uses": (
        "dose",
        "how_to_take",
        "contraindications",
        "interactions",
        "side_effects",
        "pregnancy",
        "overdose",
    ),
    "dose": ("side_effects", "overdose", "storage"),
}
"""Keys with those that all kinds of monograph (labels, summaries of product characteristics,
national formularies, patient leaflets) put behind them. What they do not agree on is free."""
_LAST = ("faqs", "references")
"""Behind all others, in this order. A disclaimer or a note may stand anywhere."""

_ANYWHERE = ("other", "preamble", "disclaimer", "note")


@rule("I114", "misordered-sections")
def misordered_sections(page: Draft) -> Iterator[Problem]:
    """A section stands before one that monographs put first: side effects before uses, questions
    before the text.

    Why it matters: readers who know monographs look for a section at its usual place. Said once a
    file.

    Wrong: `## Side effects` above `## Usage`.

    Right: uses, dose, then risks; questions and references last.

    How to fix: move the section.
    """
    if not page.is_medicine:
        return
    above: dict[tuple[str, str | None], Part] = {}
    for part in page.outline.parts:
        if part.key in _ANYWHERE or not part.heading:
            continue
        behind = (
            _LAST[_LAST.index(part.key) + 1 :]
            if part.key in _LAST
            else (*_BEFORE.get(part.key, ()), *_LAST)
        )
        early = next(
            (above[key, part.subject] for key in behind if (key, part.subject) in above), None
        )
        if early:
            text = f"{early.heading!r} stands before {part.heading!r}.\nMove it behind; readers look for it there."
            yield page.at(early.line, text)
            return
        above.setdefault((part.key, part.subject), part)
