"""unknown-heading (MS104)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

UNKNOWN_HEADING = Finding("MS104", "unknown-heading", Severity.INFO)
MANY = 20
"""Headings of one file that are named one by one."""


@RULES.named("unknown-heading")
def unknown_heading(page: Draft) -> Iterator[Diagnostic]:
    """A section under a heading no monograph section is known by. It is shown under its own name.

    Why it matters: such a section is found by readers, but not by anything that looks for, say, contraindications.

    Example: `## Contra indicatons`
    """
    unknown = [part for part in page.content if page.is_medicine and part.key == "other" and part.heading]
    for part in unknown[:MANY]:
        yield page.at(
            UNKNOWN_HEADING, part.line, f"{part.heading!r} is none of the known sections; it is shown as it is."
        )
    if len(unknown) > MANY:
        message = f"{len(unknown) - MANY} more headings from here on are none of the known sections."
        yield page.at(UNKNOWN_HEADING, unknown[MANY].line, message)
