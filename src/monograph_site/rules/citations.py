"""unresolved-citation (MS403)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

UNRESOLVED = Finding("MS403", "unresolved-citation", Severity.WARNING)


@RULES.named("unresolved-citation")
def unresolved_citation(page: Draft) -> Iterator[Diagnostic]:
    """A citation names no reference of the page. It is shown unlinked.

    Why it matters: the reader can't check the statement.

    Example: `[7]` on a page with three references.
    """
    for text, line in dict.fromkeys(page.body.uncited):
        known = len(page.body.references)
        message = f"{text} names none of the {known} references. Add the reference, or correct the number."
        yield page.find(UNRESOLVED, text, message, line or None)
