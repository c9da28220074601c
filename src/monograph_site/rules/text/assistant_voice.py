"""assistant-voice (W218)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._voice import said

_TELLS = (
    r"(?:provide|offer|describe|discuss|detail|separate|explain|address|outline|summari[sz]e|list|present|attempt to"
    r"|try to|give (?:you|a|an|the|general|some)|share (?:some|the|general)|tell you)"
)
_CANNOT = r"(?: can ?not| can['’]t|(?: am|['’]m) (?:unable|not able) to| do not| don['’]t| won['’]t| will not)"
_REFUSES = re.compile(
    r"I(?<!\wI)(?:(?: am|['’]m) (?:sorry|afraid),? (?:but|I)\b| apologi[sz]e\b"
    rf"|{_CANNOT} (?:provide|offer|generate|fulfill?|comply|answer|assist|recommend|mention|diagnose"
    r"|(?:give|share|create|write|list|help with) (?:you|the|this|that|any|an?|specific|medical|detailed|details)\b)"
    r"|(?: do not| don['’]t) have (?:access to|real-time|(?:enough |sufficient |specific )?(?:information|data)))"
)
_FIRST_PERSON = re.compile(
    rf"I(?<!\wI)(?:(?: can| will| could| would|['’]ll|['’]d)(?: only| then| still| instead| however| now)? {_TELLS}\b"
    r"| have (?:provided|included|listed|outlined|assumed|separated)\b)"
)
"""It begins with its one capital letter, which is found at once."""
_WE = re.compile(
    rf"\bwe(?: can| will| could| would|['’]ll|['’]d)(?: only| then| still| now)? {_TELLS}\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:please )?let me know (?:if|which|what|whether)\b|\bfeel free to (?:ask|reach out)\b|\bhope this helps\b"
    r"|\bplease (?:specify|provide|clarify) (?:the|which|your|a|more)(?: \w+){0,2} (?:name|source|medication|medicine"
    r"|drug|vitamins?|product|details|information)\b"
    r"|\bif you (?:have|had) a (?:specific|particular|different) (?:medication|medicine|drug|product) in mind\b"
    r"|\bif you (?:can |could )?(?:provide|specify|tell me|clarify) (?:the|which|a|more|your)\b",
    re.IGNORECASE,
)
_TRIGGERS = frozenset({"specify", "clarify", "hope", "mind", "feel", "let"})


@rule("W218", "assistant-voice")
def assistant_voice(page: Draft) -> Iterator[Problem]:
    """The text speaks as a chat assistant does: it refuses, says what it can tell, or asks the
    reader to say more. Each place is reported.

    Why it matters: nobody answers on a printed page, and what stands near was written for somebody
    else's question.

    Wrong: `I cannot give medical advice. However, I can describe each ingredient:`

    Right: `Each ingredient is described below.`

    How to fix: say it without the speaker, after checking what it announces.
    """
    if page.kind == "page":
        return
    patterns = [_REFUSES, _FIRST_PERSON, *([_WE] if "we" in page.words else ())]
    asks = not page.words.isdisjoint(_TRIGGERS) or (
        "provide" in page.words and "lease provide" in page.prose
    )
    for found in said(
        page, [*patterns, _ASKS] if asks or "f you provide" in page.prose else patterns
    ):
        yield page.match(
            found, f"{found.group()!r}: a chat assistant speaks here.\nSay it without the speaker."
        )
