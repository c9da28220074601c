"""ai-residue (MS202), placeholder (MS203), prompt-residue (MS204): what a language model left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

AI_RESIDUE = Finding("MS202", "ai-residue", Severity.ERROR)
PLACEHOLDER = Finding("MS203", "placeholder", Severity.ERROR)
PROMPT_RESIDUE = Finding("MS204", "prompt-residue", Severity.WARNING)

_AI = re.compile(
    r"\b(?:as an? (?:AI|artificial intelligence|large language model|language model)\b"
    r"|I(?:'|’)?(?: a)?m an? (?:AI|language model)|my (?:training data|knowledge cut-?off))",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[(?:specify|insert|enter|fill in|your|name of|add)\b[^\]\n]{0,80}\]|\(no details available\)|\{[a-z_]{3,30}\}"
    r"|\blorem ipsum\b|\[(?:TBD|TODO|XX+)\]",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"\b(?:(?:provided|given|supplied) (?:text|sources?|documents?|context|prompt|data|search results|excerpts?)"
    r"|requested format|the prompt|(?:in|from) the (?:source|text) provided|format (?:you )?requested"
    r"|your (?:request|prompt))\b",
    re.IGNORECASE,
)
_AI_WORDS = ("an ai", "a ai", "artificial intelligence", "language model", "training data", "knowledge cut")
_PLACEHOLDER_WORDS = ("[", "{", "(no details", "lorem")
_PROMPT_WORDS = (
    *("provided ", "supplied ", "requested", "prompt", "your request", "source provided", "text provided"),
    *(f"given {what}" for what in ("text", "sourc", "docum", "conte", "promp", "data", "searc", "excer")),
)


@RULES.named("ai-residue")
def ai_residue(page: Draft) -> Iterator[Diagnostic]:
    """A language model speaks of itself in the text.

    Why it matters: the sentence around it is usually a refusal or a guess, not information.

    Example: `As an AI language model, I cannot give medical advice.`
    """
    for text in _first(page, _AI, _AI_WORDS):
        yield page.find(AI_RESIDUE, text, f"{text!r}: a language model speaks here. Remove or rewrite the sentence.")


@RULES.named("placeholder")
def placeholder(page: Draft) -> Iterator[Diagnostic]:
    """A place the author was to fill in is still empty.

    Why it matters: readers meet a gap where a dose or a name should be.

    Example: `The usual dose is [specify dose].`
    """
    for text in _first(page, _PLACEHOLDER, _PLACEHOLDER_WORDS):
        yield page.find(PLACEHOLDER, text, f"{text!r} was never filled in. Write what belongs there, or remove it.")


@RULES.named("prompt-residue")
def prompt_residue(page: Draft) -> Iterator[Diagnostic]:
    """The text speaks of the prompt or sources it was generated from, which the reader can't see.

    Why it matters: it sends the reader looking for a text that is not there.

    Example: `The provided text gives no dose for children.`
    """
    for text in _first(page, _PROMPT, _PROMPT_WORDS):
        yield page.find(
            PROMPT_RESIDUE, text, f"{text!r} speaks of the request behind this text. Rewrite it for readers."
        )


def _first(page: Draft, pattern: re.Pattern[str], some: tuple[str, ...]) -> Iterator[str]:
    """The first match of a pattern that can match only where one of some plain words (lower case) stands."""
    if page.kind == "page" or not any(word in page.lower for word in some):
        return
    found = pattern.search(page.front.body)
    if found:
        yield found.group().split("\n")[0]
