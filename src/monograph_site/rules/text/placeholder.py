"""placeholder (E203)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_UNIT = r"(?:mg|mcg|µg|g|ml|mL|IU|units?|tablets?|capsules?|days|hours|weeks|%)(?![\w-])"
_FACT = (
    r"(?:dose|dosage|strength|frequency|duration|indication|condition|manufacturer|brand|country"
    r"|name|date)"
)
_NAME = (
    r"(?:drug|medicine|medication|brand|generic|product|company|ingredient|patient|condition"
    r"|disease)(?:'s)? name"
)
_BRACKETED = re.compile(
    r"\[(?:(?:specify|specific|insert|enter|fill in|your|name of|add|placeholder|to be)\b"
    rf"[^\]\n]{{0,80}}|(?:the |a |an )?(?:{_NAME}|{_FACT}(?: here)?)"
    r"|tbd|tbc|todo|x{2,4}|_+)\](?![(\[:])",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?<=:\*\* |.:\*\*|..: )\[[A-Z][a-z]+(?:[ /,]+[A-Za-z]{2,}){1,14}\][ \t.]*$", re.MULTILINE
)
"""A label with nothing but a description of what belongs there: `**Dosage:** [Usual adult doses]`.
"""
_BRACES = re.compile(r"\{[a-z_]{3,30}\}(?!\})")
_REMARK = re.compile(
    r"\((?:no details available|insert [^()\n]{1,60}|tbd"
    r"|to be (?:added|filled in|completed))\)|\blorem ipsum\b"
    r"|\b(?:content|details|information|text|section) (?:is |are )?coming soon\b"
)
_CAPITALS = re.compile(
    r"\b(?:TBD|FIXME|TODO(?=[:\]) ]))\b(?!-)"
    rf"|(?<![\w.-])X{{2,4}}(?:[.-]X{{1,4}})? ?{_UNIT}"
    rf"|(?<!actor )(?<!\w)X (?:mg|mcg|ml|mL)\b|(?<=[\w:] )_{{2,}}(?= ?{_UNIT})"
)
_IN_TAGS = re.compile(
    r"<(?:insert|specify|enter|add|your|drug|medicine|medication|dose|dosage|brand|generic|name"
    r"|placeholder)\b[^<>\n=/]{0,60}>",
    re.IGNORECASE,
)
_REMARK_TRIGGERS = frozenset({"lorem", "coming", "tbd"})
_REMARK_STARTS = ("(no details", "(insert ", "(to be ")
_CAPITALS_TRIGGERS = frozenset({"tbd", "fixme", "todo", "x", "xx", "xxx", "xxxx"})


@rule("E203", "placeholder")
def placeholder(page: Draft) -> Iterator[Problem]:
    """The text contains a placeholder that the author did not fill in. Each place is reported.

    Why it matters: readers find a gap instead of a dose or a name.

    Wrong: `The usual dose is [specify dose].`

    Right: `The usual dose is 5 mg once a day.`

    How to fix: write what belongs there, or remove the sentence.
    """
    for match in _matches(page) if page.kind != "page" else ():
        words = page.source.text[match.start() : match.end()]
        yield page.match(match, f"Placeholder {words!r}.\nWrite what belongs there, or remove it.")


def _matches(page: Draft) -> Iterator[re.Match[str]]:
    """The matches of the patterns for which the page has a word or character."""
    text, words = page.prose, page.words
    if "[" in text:
        yield from _BRACKETED.finditer(text)
        for match in _LABELLED.finditer(text):
            if not _BRACKETED.match(text, match.start()):
                yield match
    if "{" in text:
        for match in _BRACES.finditer(text):
            if text[match.start() - 1 : match.start()] != "{":
                yield match
    if not words.isdisjoint(_REMARK_TRIGGERS) or any(
        start in page.lower for start in _REMARK_STARTS
    ):
        yield from _REMARK.finditer(page.lower if len(page.lower) == len(text) else text)
    if not words.isdisjoint(_CAPITALS_TRIGGERS) or "__" in text:
        yield from _CAPITALS.finditer(text)
    if "<" in page.source.text:
        yield from _IN_TAGS.finditer(page.source.text)
