"""ai-residue (E202)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._voice import matches_by_author

_FIRST_PERSON = re.compile(r"I(?<!\wI)(?: am|['’]m) an? (?:AI|(?:large )?language model)\b")
"""It begins with a plain letter, which makes the search fast."""
_ITSELF = re.compile(
    r"\b(?:as|of) an? (?:AI\b(?!-)|artificial intelligence\b)"
    r"|\b(?:as an?|(?:scope|limits|limitations|abilities|capabilities) of (?:an?|this|the))"
    r" (?:AI|(?:large )?language) model\b"
    r"|\b(?:my|the model['’]s) (?:training data|knowledge cut-?off)\b"
    r"|\bas of my (?:last|latest|most recent|current|knowledge)\b"
    r"|\bmy (?:last|latest|most recent) (?:knowledge )?(?:update|training)\b",
    re.IGNORECASE,
)
_TRIGGERS = frozenset({"model", "training", "cutoff", "update"})


@rule("E202", "ai-residue")
def ai_residue(page: Draft) -> Iterator[Problem]:
    """The text contains what a language model says about itself. Each place is reported.

    Why it matters: the sentence around it is usually a refusal or a guess, not information.

    Wrong: `As an AI language model, I cannot give medical advice.`

    Right: `Ask a pharmacist whether this medicine is right for you.`

    How to fix: remove or rewrite the sentence, and read the whole page again.
    """
    if page.kind == "page":
        return
    has_trigger = not page.words.isdisjoint(_TRIGGERS)
    if not has_trigger and "ai" not in page.words and "my" not in page.words:
        return
    if has_trigger or " an AI" in page.prose or "of my " in page.prose:
        patterns = [_FIRST_PERSON, _ITSELF]
    else:
        patterns = [_FIRST_PERSON]
    for match in matches_by_author(page, patterns):
        message = f"A language model talks about itself: {match.group()!r}."
        yield page.match(match, f"{message}\nRemove or rewrite the sentence.")
