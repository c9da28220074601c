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
"""By key, the keys that all kinds of monograph (labels, summaries of product characteristics,
national formularies, patient leaflets) put after it. Any other order is accepted."""
_LAST = ("faqs", "references")
"""After all others, in this order."""
_LATER = {key: (*later, *_LAST) for key, later in _BEFORE.items()}
_LATER |= {key: _LAST[number + 1 :] for number, key in enumerate(_LAST)}
"""By key, all keys that come after it; those of `_LAST` for any other."""
_ANYWHERE = ("other", "preamble", "disclaimer", "note")


@rule("I114", "misordered-sections")
def misordered_sections(page: Draft) -> Iterator[Problem]:
    """A section comes before one that monographs put first: side effects before uses, questions
    before the text.

    Why it matters: readers who know monographs look for a section in its usual place. Reported once
    per file.

    Wrong: `## Side effects` above `## Usage`.

    Right: uses, dose, then risks; questions and references last.

    How to fix: move the section.
    """
    if not page.is_medicine:
        return
    above: dict[str | None, dict[str, Part]] = {}
    for part in page.outline.parts:
        if part.key in _ANYWHERE or not part.heading:
            continue
        same_subject = above.setdefault(part.subject, {})
        later_keys = _LATER.get(part.key, _LAST)
        if not same_subject.keys().isdisjoint(later_keys):
            early = next(same_subject[key] for key in later_keys if key in same_subject)
            message = f"{early.heading!r} comes before {part.heading!r}."
            yield page.at(early.line, f"{message}\nMove it after that section.")
            return
        same_subject.setdefault(part.key, part)
