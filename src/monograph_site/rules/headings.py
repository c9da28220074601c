"""unknown-heading (MS104)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

UNKNOWN_HEADING = Finding("MS104", "unknown-heading", Severity.INFO)


@RULES.named("unknown-heading")
def unknown_heading(page: Draft) -> Iterator[Diagnostic]:
    """A section under a heading no monograph section is known by. It is shown under its own name.

    Why it matters: such a section is found by readers, but not by anything that looks for, say, contraindications.

    Example: `## Contra indicatons`
    """
    for part in page.content:
        if page.is_medicine and part.key == "other" and part.heading:
            yield page.at(
                UNKNOWN_HEADING, part.line, f"{part.heading!r} is none of the known sections; it is shown as it is."
            )
