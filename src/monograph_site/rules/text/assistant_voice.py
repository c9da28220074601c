"""assistant-voice (W218)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from ._voice import matches_by_author

_OFFER = (
    r"(?:provide|offer|describe|discuss|detail|separate|explain|address|outline|summari[sz]e|list"
    r"|present|attempt to|try to|give (?:you|a|an|the|general|some)|share (?:some|the|general)"
    r"|tell you)"
)
_CANNOT = (
    r"(?: can ?not| can['’]t|(?: am|['’]m) (?:unable|not able) to| do not| don['’]t"
    r"| won['’]t| will not)"
)
_FIRST_PERSON = regex(
    r"I(?: apologi[sz]e\b"
    rf"|{_CANNOT} (?:provide|offer|answer|recommend|mention|diagnose|(?:give|share|list)"
    r" (?:you|the|this|that|any|an?|specific|medical|detailed|details)\b)"
    r"|(?: do not| don['’]t) have"
    r" (?:access to|real-time|(?:enough |sufficient |specific )?(?:information|data))"
    r"|(?: can| will| could| would|['’]ll|['’]d)"
    rf"(?: only| then| still| instead| however| now)? {_OFFER}\b"
    r"| have (?:provided|included|listed|outlined|assumed|separated)\b)"
)
_APOLOGY = regex(r"\bI(?:['’]m| am) [\w ]{0,10}(?:sorry|afraid)\b[^.!?\n]{0,40}$")
"""Words before a match that `ai-residue` reports."""
_WE = regex(
    r"\bwe(?: can| will| could| would|['’]ll|['’]d)"
    rf"(?: only| then| still| now)? {_OFFER}\b",
    re.IGNORECASE,
)
_REQUEST = regex(
    r"\b(?:please )?let me know (?:if|which|what|whether)\b"
    r"|\bfeel free to (?:ask|reach out)\b|\bhope this helps\b"
    r"|\bplease (?:specify|provide|clarify) (?:the|which|your|a|more)(?: \w+){0,2}"
    r" (?:name|source|medication|medicine|drug|vitamins?|product|details|information)\b"
    r"|\bif you (?:have|had) a (?:specific|particular|different)"
    r" (?:medication|medicine|drug|product) in mind\b"
    r"|\bif you (?:can |could )?(?:provide|specify|tell me|clarify) (?:the|which|a|more|your)\b",
    re.IGNORECASE,
)
_IF_YOU = r"(?:(?<=f you {0})|(?<=f you can {0})|(?<=f you could {0}))"
_REQUEST_TRIGGERS = {
    "let": regex("let me know"),
    "feel": regex("feel free to"),
    "hope": regex("hope this helps"),
    "mind": regex("mind(?<=in mind)"),
    "specify": regex("specify"),
    "clarify": regex("clarify"),
    "provide": regex(rf"provide(?:(?<=lease provide)|{_IF_YOU.format('provide')})"),
    "tell": regex(rf"tell(?= me){_IF_YOU.format('tell')}"),
}
"""By word, a pattern, which begins with a plain word to be found fast, of what a page with this word
also has if it may have a request."""


@rule("W218", "assistant-voice", languages=("en",))
def assistant_voice(page: Draft) -> Iterator[Problem]:
    """The text reads like a chatbot reply: it says what it can and cannot provide, or asks the reader
    for details. Each place is reported. For refusals to write the text see `ai-residue`.

    Why it matters: a page cannot answer, and the text around it was written for somebody else's
    question.

    Wrong: `I cannot give medical advice. However, I can describe each ingredient:`

    Right: `Each ingredient is described below.`

    How to fix: check what the sentence announces, and rewrite it as plain information.
    """
    if page.kind == "page":
        return
    patterns = [_WE] if "we" in page.words else []
    if _may_request(page):
        patterns.append(_REQUEST)
    for match in matches_by_author(page, patterns, (_FIRST_PERSON,)):
        if _APOLOGY.search(page.prose, max(0, match.start() - 60), match.start()):
            continue
        message = f"{match.group()!r} reads like a chatbot reply."
        yield page.match(match, f"{message}\nRewrite it as plain information.")


def _may_request(page: Draft) -> bool:
    """Whether the page has words of a request, so that it is worth looking for one."""
    return any(
        _REQUEST_TRIGGERS[word].search(page.lower)
        for word in page.words.intersection(_REQUEST_TRIGGERS)
    )
