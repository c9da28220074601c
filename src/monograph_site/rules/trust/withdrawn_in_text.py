"""withdrawn-in-text (W519)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from .._status import SERIOUS_STATES, match_about_itself

_WITHDRAWN = regex(
    r"\b(?:(?:withdrawn|removed|pulled|taken) (?:from|off) (?:the )?(?:\w+ )?markets?"
    r"|marketing (?:authori[sz]ation )?(?:is|was|has been) suspended)\b"
)
_MARKET = frozenset(("market", "markets", "marketing"))
_TRIGGERS = {
    "withdrawn": "withdrawn",
    "removed": "removed from",
    "taken": "taken o",
    "pulled": "pulled ",
    "suspended": "suspended",
}
"""By word, what a page with this word also has if it may say that a medicine is not sold."""
_NOT_SOLD = (*SERIOUS_STATES, "discontinued")


@rule("W519", "withdrawn-in-text", languages=("en",))
def withdrawn_in_text(page: Draft) -> Iterator[Problem]:
    """The text says that this medicine was taken off the market, but front matter does not.
    Reported once per file.

    Why it matters: the banner that warns readers comes from the front matter.

    Wrong: `Examplin was withdrawn from the market in 2005.` in a file without `status`.

    Right: `status: {state: withdrawn, jurisdiction: US, reason: …}` above the same sentence.

    How to fix: add it to `status`, with the country, or correct the text.
    """
    status = page.fields.status
    if not page.is_medicine or (status and status.state in _NOT_SOLD):
        return
    if page.words.isdisjoint(_MARKET):
        return
    if not any(_TRIGGERS[word] in page.lower for word in page.words.intersection(_TRIGGERS)):
        return
    match = match_about_itself(page, _WITHDRAWN)
    if match:
        words = page.prose[match.start() : match.end()]
        message = f"The text says {words!r}, but front matter does not."
        yield page.match(match, f"{message}\nAdd it to `status`, with the country, or correct it.")
