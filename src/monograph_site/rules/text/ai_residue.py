"""ai-residue (E202)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from ._voice import matches_by_author

_FIRST_PERSON = regex(r"I(?: am|['’]m) an? (?:AI|(?:large )?language model)\b")
_ITSELF = regex(
    r"\b(?:as|of) an? (?:AI\b(?!-)|artificial intelligence\b)"
    r"|\b(?:as an?|(?:scope|limits|limitations|abilities|capabilities) of (?:an?|this|the))"
    r" (?:AI|(?:large )?language) model\b"
    r"|\b(?:my|the model['’]s) (?:training data|knowledge cut-?off)\b"
    r"|\bas of my (?:last|latest|most recent|current|knowledge)\b"
    r"|\bmy (?:last|latest|most recent) (?:knowledge )?(?:update|training)\b",
    re.IGNORECASE,
)
_OPENING = regex(
    r"^[ \t>*_-]{0,6}(?:(?:Certainly|Sure(?: thing)?|Of course|Absolutely|Great question|Understood)"
    r"[!,.:]+[ \t]+(?:[Hh]ere(?:['’]s| is| are)|[Bb]elow|I(?: can| have|['’]ll|['’]ve|['’]d)"
    r"|[Tt]he following|[Ll]et(?:['’]s| me))"
    r"|Here(?:['’]s| is| are) (?:the|your|an?) (?:requested |revised |updated |rewritten |complete "
    r"|detailed |improved |corrected )(?:monograph|version|text|information|summary|draft|page"
    r"|section|article|content|answer)\b)",
    re.MULTILINE,
)
"""How a reply begins."""
_REFUSAL = regex(
    r"I(?:(?:['’]m| am) (?:very |so |really )?(?:sorry|afraid)\b[^.!?\n]{0,40}"
    r"\b(?:I|this is|that is)\b"
    r"|(?:['’]m| am) (?:not able|unable) to (?:help|assist|fulfil\w*|comply|continue|generate"
    r"|create|write|complete)"
    r"| (?:can ?not|can['’]t|won['’]t|will not) (?:help|assist|fulfil\w*|comply|continue|generate"
    r"|create|write|complete)\b"
    r"|(?:['’]m| am) not (?:comfortable (?:with )?(?:writ|provid|creat|giv|answer|discuss)ing"
    r"|in a position to|allowed to|permitted to|programmed to|designed to)\b"
    r"| (?:can ?not|can['’]t|am unable to|['’]m unable to|won['’]t|will not) (?:process|answer|satisfy"
    r"|accommodate|fulfil\w*|honou?r) (?:this|that|your|such) (?:request|prompt|question)\b"
    r"| (?:must|have to) (?:respectfully )?(?:decline|refuse)\b)"
)
"""Refusals to write the text."""
_NOT_FOR_ME = regex(r"is (?:not )?something I(?: am| can| ?['’]m)\b")
_RULES = regex(r"my (?<!\wmy )(?:guidelines|programming|policy|policies|capabilities)\b")
"""Refusals by the rules of a language model."""
_OPENINGS = {
    "certainly": "Certainly",
    "sure": "Sure",
    "course": "Of course",
    "absolutely": "Absolutely",
    "question": "Great question",
    "understood": "Understood",
}
_RULE_WORDS = frozenset("guidelines programming policy policies capabilities".split())
_SELF_WORDS = (
    *(" an ai", " a ai", "artificial intelligence", "ai model", "language model"),
    *(" training data", "knowledge cut", "of my ", "my last ", "my latest ", "my most recent "),
)
"""What a language model says of itself has one of these."""
_TRIGGERS = frozenset({"model", "training", "cutoff", "update", "intelligence"})


@rule("E202", "ai-residue")
def ai_residue(page: Draft) -> Iterator[Problem]:
    """The text contains what a language model says about itself, or to the person who asked it: an
    opening (`Certainly! Here is …`) or a refusal. Each place is reported.

    Why it matters: the sentence around it is usually a refusal or a guess, not information.

    Wrong: `As an AI language model, I cannot give medical advice.`

    Right: `Ask a pharmacist whether this medicine is right for you.`

    How to fix: remove or rewrite the sentence, and read the whole page again.
    """
    if page.kind == "page":
        return
    for match in matches_by_author(page, _patterns(page), (_REFUSAL, _FIRST_PERSON)):
        message = f"Reply of a language model: {match.group().strip()!r}."
        yield page.match(match, f"{message}\nRemove or rewrite the sentence.")


def _patterns(page: Draft) -> Iterator[re.Pattern[str]]:
    """The patterns for which the page has a word."""
    text, words = page.prose, page.words
    if "something" in words and "i" in words:
        yield _NOT_FOR_ME
    if "my" in words and not words.isdisjoint(_RULE_WORDS):
        yield _RULES
    if any(word in words and opening in text for word, opening in _OPENINGS.items()) or (
        "here" in words and "\nHere" in text
    ):
        yield _OPENING
    has_self = ("ai" in words and " an AI" in text) or ("my" in words and "of my " in text)
    may_have_self = has_self or not words.isdisjoint(_TRIGGERS)
    if may_have_self and any(words in page.lower for words in _SELF_WORDS):
        yield _ITSELF
