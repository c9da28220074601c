"""prompt-residue (W204)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_PROMPT = re.compile(
    r"\b(?:(?:provided|given|supplied) (?:text|sources?|documents?|context|prompt|data|search results|excerpts?)"
    r"|requested format|the prompt|(?:in|from) the (?:source|text) provided|format (?:you )?requested"
    r"|your (?:request|prompt))\b",
    re.IGNORECASE,
)
_WORDS = (
    *("provided ", "supplied ", "requested", "prompt", "your request", "source provided", "text provided"),
    *(f"given {what}" for what in ("text", "sourc", "docum", "conte", "promp", "data", "searc", "excer")),
)


@rule("W204", "prompt-residue")
def prompt_residue(page: Draft) -> Iterator[Fault]:
    """The text speaks of the prompt or sources it was generated from, which the reader can't see.

    Why it matters: it sends the reader looking for a text that is not there.

    Wrong: `The provided text gives no dose for children.`

    Right: `No dose for children is known.`

    How to fix: rewrite the sentence for readers, after checking what it says.
    """
    found = _PROMPT.search(page.prose) if page.kind != "page" and any(word in page.lower for word in _WORDS) else None
    if found:
        said = f"{found.group()!r} speaks of the request behind this text."
        yield page.match(found, f"{said}\nRewrite it for readers.")
