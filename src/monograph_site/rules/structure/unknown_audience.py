"""unknown-audience (W121)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.monograph import SECTION_AUDIENCES
from .. import rule


@rule("W121", "unknown-audience")
def unknown_audience(page: Draft) -> Iterator[Problem]:
    """The heading of a section names an audience that does not exist.

    Why it matters: the section is for everyone, and no view of the page leaves it out.

    Wrong: `## Pharmacology {audience=doctors}`

    Right: `## Pharmacology {audience=professional}`

    How to fix: write `patient` or `professional`, or remove the attribute where the section is for
    everyone.
    """
    for part in page.outline.parts:
        if part.audience and part.audience not in SECTION_AUDIENCES:
            message = f"{part.audience!r} is not an audience.\nWrite 'patient' or 'professional'."
            yield page.find(part.audience, message, part.line, part.line)
