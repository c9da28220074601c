"""banned-in-text (W206)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_BANNED = re.compile(
    r"\b(?:is|are|was|were|been|be|currently|now)\s+(?:\w+\s+){0,2}banned\b|\bban(?:ned)? (?:on|in|by)\b", re.IGNORECASE
)


@rule("W206", "banned-in-text")
def banned_in_text(page: Draft) -> Iterator[Fault]:
    """The text says the medicine is banned, the front matter says it is not.

    Why it matters: the banner that warns readers comes from the front matter.

    Wrong: `is_banned: false` above `This combination has been banned in India.`

    Right: `status: {state: banned, jurisdiction: IN}` above the same sentence.

    How to fix: state the ban in `status`, or correct the text.
    """
    found = _BANNED.search(page.prose) if page.fields.is_banned is False and "ban" in page.lower else None
    if found:
        said = f"{found.group()!r}, but front matter says `is_banned: false`."
        yield page.match(found, f"{said}\nState the ban in `status`, or correct the text.")
