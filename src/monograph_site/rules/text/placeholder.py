"""placeholder (E203)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_UNIT = r"(?:mg|mcg|µg|g|ml|mL|IU|units?|tablets?|capsules?|days|hours|weeks|%)(?![\w-])"
_WHAT = r"(?:dose|dosage|strength|frequency|duration|indication|condition|manufacturer|brand|country|name|date)"
_NAMED = r"(?:drug|medicine|medication|brand|generic|product|company|ingredient|patient|condition|disease)(?:'s)? name"
_BRACKETED = re.compile(
    r"\[(?:(?:specify|specific|insert|enter|fill in|your|name of|add|placeholder|to be)\b[^\]\n]{0,80}"
    rf"|(?:the |a |an )?(?:{_NAMED}|{_WHAT}(?: here)?)|tbd|tbc|todo|x{{2,4}}|_+)\](?![(\[:])",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"(?<=:\*\* |.:\*\*|..: )\[[A-Z][a-z]+(?:[ /,]+[A-Za-z]{2,}){1,14}\][ \t.]*$", re.MULTILINE
)
"""A label with nothing but a description of what belongs there: `**Dosage:** [Usual adult doses]`.
"""
_BRACES = re.compile(r"\{[a-z_]{3,30}\}(?!\})")
_REMARK = re.compile(
    r"\((?:no details available|insert [^()\n]{1,60}|tbd|to be (?:added|filled in|completed))\)"
    r"|\blorem ipsum\b|\b(?:content|details|information|text|section) (?:is |are )?coming soon\b"
)
_CAPITALS = re.compile(
    rf"\b(?:TBD|FIXME|TODO(?=[:\]) ]))\b(?!-)|(?<![\w.-])X{{2,4}}(?:[.-]X{{1,4}})? ?{_UNIT}"
    rf"|(?<!actor )(?<!\w)X (?:mg|mcg|ml|mL)\b|(?<=[\w:] )_{{2,}}(?= ?{_UNIT})"
)
_IN_TAGS = re.compile(
    r"<(?:insert|specify|enter|add|your|drug|medicine|medication|dose|dosage|brand|generic|name|placeholder)\b[^<>\n=/]{0,60}>",
    re.IGNORECASE,
)
_TRIGGERS = frozenset({"lorem", "coming", "tbd"})
_REMARKS = ("(no details", "(insert ", "(to be ")
_CAPITAL = frozenset({"tbd", "fixme", "todo", "x", "xx", "xxx", "xxxx"})


@rule("E203", "placeholder")
def placeholder(page: Draft) -> Iterator[Problem]:
    """A place the author was to fill in is still empty. Each place is reported.

    Why it matters: readers meet a gap where a dose or a name should be.

    Wrong: `The usual dose is [specify dose].`

    Right: `The usual dose is 5 mg once a day.`

    How to fix: write what belongs there, or remove the sentence.
    """
    for found in _places(page) if page.kind != "page" else ():
        words = page.source.text[found.start() : found.end()]
        yield page.match(
            found, f"{words!r} was never filled in.\nWrite what belongs there, or remove it."
        )


def _places(page: Draft) -> Iterator[re.Match[str]]:
    text, words = page.prose, page.words
    if "[" in text:
        yield from _BRACKETED.finditer(text)
        yield from (
            found for found in _TEMPLATE.finditer(text) if not _BRACKETED.match(text, found.start())
        )
    if "{" in text:
        yield from (
            found
            for found in _BRACES.finditer(text)
            if text[found.start() - 1 : found.start()] != "{"
        )
    if not words.isdisjoint(_TRIGGERS) or any(remark in page.lower for remark in _REMARKS):
        yield from _REMARK.finditer(page.lower if len(page.lower) == len(text) else text)
    if not words.isdisjoint(_CAPITAL) or "__" in text:
        yield from _CAPITALS.finditer(text)
    if "<" in page.source.text:
        yield from _IN_TAGS.finditer(page.source.text)
