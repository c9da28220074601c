"""banned-in-text (W206)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from .._status import SERIOUS_STATES, match_about_itself

_BANNED = regex(
    r"\b(?:(?:is|are|was|were|been)\s+(?:\w+\s+){0,3}banned\b|(?:is|are) (?:\w+ )?under a ban\b"
    r"|banned (?:in|by|from|since|for|worldwide)\b)"
)


@rule("W206", "banned-in-text", languages=("en",))
def banned_in_text(page: Draft) -> Iterator[Problem]:
    """The text says that this medicine is banned, somewhere or everywhere, but front matter does
    not. Reported once per file.

    Bans in sport, on farms or of another medicine are not reported.

    Why it matters: the banner that warns readers comes from the front matter.

    Wrong: `is_banned: false` above `This combination has been banned in India.`

    Right: `status: {state: banned, jurisdiction: IN, reason: …}` above the same sentence.

    How to fix: add the ban to `status`, or correct the text.
    """
    status = page.fields.status
    if not page.is_medicine or "banned" not in page.words:
        return
    if status and status.state in SERIOUS_STATES:
        return
    match = match_about_itself(page, _BANNED)
    if match:
        stated = f"has the status {status.state!r}" if status else "has no such status"
        words = page.prose[match.start() : match.end()]
        message = f"The text says {words!r}, but front matter {stated}."
        yield page.match(match, f"{message}\nAdd the ban to `status`, or correct the text.")
