"""withdrawn-in-text (W519)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._status import said_of_itself

_WITHDRAWN = re.compile(
    r"\b(?:(?:withdrawn|removed|pulled|taken) (?:from|off) (?:the )?(?:\w+ )?markets?"
    r"|marketing (?:authori[sz]ation )?(?:is|was|has been) suspended)\b"
)
_WORDS = ("withdrawn", "removed from", "taken o", "pulled ", "suspended")
_NOT_SOLD = ("banned", "withdrawn", "suspended", "discontinued")


@rule("W519", "withdrawn-in-text")
def withdrawn_in_text(page: Draft) -> Iterator[Problem]:
    """The text says that this medicine was taken off the market, and front matter does not. Said
    once a file.

    Why it matters: the banner that warns readers comes from the front matter.

    Wrong: `Examplin was withdrawn from the market in 2005.` in a file without `status`.

    Right: `status: {state: withdrawn, jurisdiction: US, reason: …}` above the same sentence.

    How to fix: state it in `status`, with the country; or correct the text.
    """
    status = page.fields.status
    if not page.is_medicine or (status and status.state in _NOT_SOLD):
        return
    if "market" not in page.lower or not any(word in page.lower for word in _WORDS):
        return
    found = said_of_itself(page, _WITHDRAWN)
    if found:
        said = f"{page.prose[found.start() : found.end()]!r}, but front matter does not say so."
        yield page.match(
            found, f"{said}\nState it in `status`, with the country, or correct the text."
        )
