"""ai-residue (E202)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_AI = re.compile(
    r"\b(?:as an? (?:AI|artificial intelligence|large language model|language model)\b"
    r"|I(?:'|’)?(?: a)?m an? (?:AI|language model)|my (?:training data|knowledge cut-?off))",
    re.IGNORECASE,
)
_WORDS = ("an ai", "a ai", "artificial intelligence", "language model", "training data", "knowledge cut")


@rule("E202", "ai-residue")
def ai_residue(page: Draft) -> Iterator[Fault]:
    """A language model speaks of itself in the text.

    Why it matters: the sentence around it is usually a refusal or a guess, not information.

    Wrong: `As an AI language model, I cannot give medical advice.`

    Right: `Ask a pharmacist whether this medicine is right for you.`

    How to fix: remove or rewrite the sentence, and read the whole page again.
    """
    found = _AI.search(page.prose) if page.kind != "page" and any(word in page.lower for word in _WORDS) else None
    if found:
        yield page.match(found, f"{found.group()!r}: a language model speaks here.\nRemove or rewrite the sentence.")
