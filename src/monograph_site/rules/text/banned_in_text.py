"""banned-in-text (W206)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._status import said_of_itself

_BANNED = re.compile(
    r"\b(?:(?:is|are|was|were|been)\s+(?:\w+\s+){0,3}banned\b|(?:is|are) (?:\w+ )?under a ban\b"
    r"|banned (?:in|by|from|since|for|worldwide)\b)"
)
_GRAVE = ("banned", "withdrawn", "suspended")


@rule("W206", "banned-in-text")
def banned_in_text(page: Draft) -> Iterator[Problem]:
    """The text says that this medicine is banned, somewhere or everywhere, and front matter does
    not. Said once a file.

    A ban in sport, on farms or of another medicine is not meant.

    Why it matters: the banner that warns readers comes from the front matter.

    Wrong: `is_banned: false` above `This combination has been banned in India.`

    Right: `status: {state: banned, jurisdiction: IN, reason: …}` above the same sentence.

    How to fix: state the ban in `status`, or correct the text.
    """
    status = page.fields.status
    if not page.is_medicine or "banned" not in page.lower or (status and status.state in _GRAVE):
        return
    found = said_of_itself(page, _BANNED)
    if found:
        stated = f"the status {status.state!r}" if status else "no status of that kind"
        said = f"{page.prose[found.start() : found.end()]!r}, but front matter has {stated}."
        yield page.match(found, f"{said}\nState the ban in `status`, or correct the text.")
