"""unresolved-citation (W403)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule


@rule("W403", "unresolved-citation")
def unresolved_citation(page: Draft) -> Iterator[Fault]:
    """A citation names no reference of the page. It is shown unlinked.

    Why it matters: the reader can't check the statement.

    Wrong: `[7]` on a page with three references.

    Right: `[3]`

    How to fix: add the reference, or correct the number.
    """
    for text, line in dict.fromkeys(page.body.uncited):
        known = len(page.body.references)
        message = f"{text} names none of the {known} references.\nAdd the reference, or correct the number."
        yield page.find(text, message, line or None)
