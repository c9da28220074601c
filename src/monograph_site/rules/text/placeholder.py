"""placeholder (E203)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import fold
from ...regex import regex
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
_TO_FILL = regex(r"\[add: [^\]\n]{1,200}\]")
_BRACKETED = regex(
    r"\[(?:(?:specify|specific|insert|enter|fill in|your|name of|add|placeholder|to be)\b"
    rf"[^\]\n]{{0,80}}|(?:the |a |an )?(?:{_NAME}|{_FACT}(?: here)?)"
    r"|tbd|tbc|todo|x{2,4}|_+|(?:citation|source|reference)s? (?:needed|required|missing))\]",
    re.IGNORECASE,
)
_LABELLED = regex(
    r"\[(?<=:\*\* \[|.:\*\*\[|..: \[)"
    r"(?=[^\[\]\n]*\b(?:[Aa]ny|[Bb]rief|[Cc]oncise|[Cc]ommon|[Kk]ey|[Mm]ajor|[Mm]ost|[Rr]elevant"
    r"|[Ss]tandard|[Uu]sual|adjustments?|class|conditions?|contraindications?|description|details"
    r"|[Dd]os(?:e|age)s?|effects?|explanation|indications?|information|interactions?|list|markers"
    r"|mechanism|names?|parameters|precautions?|[Ss]ummary|uses?|warnings?)\b)"
    r"[A-Z][a-z]+(?:[ /,]+[A-Za-z]{2,}){1,14}\][ \t.]*$",
    re.MULTILINE,
)
"""A label with nothing but a description of what belongs there: `**Dosage:** [Usual adult doses]`.
"""
_BRACES = regex(r"(?<![{}^_$A-Za-z`:~])\{[a-z_]{3,30}\}(?![}`])")
"""Not in a formula (`\\frac{dose}{time}`), and not the name of a role or directive (`{sub}`)."""
_REMARK = regex(
    r"\((?:no details available|insert [^()\n]{1,60}|tbd"
    r"|to be (?:added|filled in|completed))\)|\blorem ipsum\b"
    r"|\b(?:content|details|information|text|section) (?:is |are )?coming soon\b"
)
_CAPITALS = regex(
    r"T(?<!\wT)(?:BD|ODO(?=[:\]) ]))\b(?!-)|F(?<!\wF)IXME\b(?!-)"
    rf"|X(?<![\w.-]X)X{{1,3}}(?:[.-]X{{1,4}})? ?{_UNIT}"
    rf"|X(?<!actor X)(?<!\wX) (?:mg|mcg|ml|mL)\b|_(?<=[\w:] _)_+(?= ?{_UNIT})"
    r"|T(?:(?<=: T)|(?<=\*\* T)|(?<=\| T)|(?<=\(T)|(?<=- T))B[AC]\b(?=[ \t.*]*(?:$|[|)]))",
    re.MULTILINE,
)
"""Each alternative begins with a character, which makes the search fast."""
_UNSURE = regex(rf"\?(?<![\w?]\?)\?+ ?{_UNIT}")
_IN_TAGS = regex(
    r"<(?:insert|specify|enter|add|your|drug|medicine|medication|dose|dosage|brand|generic|name"
    r"|placeholder)\b[^<>\n=/]{0,60}>",
    re.IGNORECASE,
)
_REMARK_TRIGGERS = frozenset({"lorem", "coming", "tbd"})
_REMARK_STARTS = {"details": "(no details", "insert": "(insert "}
_REMARK_STARTS |= dict.fromkeys(("added", "filled", "completed"), "(to be ")
_CAPITALS_TRIGGERS = frozenset({"tba", "tbc", "tbd", "fixme", "todo"})
_X_TRIGGERS = frozenset({"x", "xx", "xxx", "xxxx"})


@rule("E203", "placeholder")
def placeholder(page: Draft) -> Iterator[Problem]:
    """The text contains a placeholder that the author did not fill in. Each place is reported.

    Why it matters: readers find a gap instead of a dose or a name.

    Wrong: `The usual dose is [specify dose].`

    Right: `The usual dose is 5 mg once a day.`

    How to fix: write what belongs there, or remove the sentence.
    """
    matches = {match.start(): match for match in _to_fill(page)}
    if page.kind != "page":
        for match in _matches(page):
            matches.setdefault(match.start(), match)
    for match in matches.values():
        words = page.source.text[match.start() : match.end()]
        yield page.match(match, f"Placeholder {words!r}.\nWrite what belongs there, or remove it.")


def _to_fill(page: Draft) -> Iterator[re.Match[str]]:
    """What `monograph-site new` leaves to be filled in, in front matter too and on pages of any
    kind."""
    if "[" in page.source.text and "[add: " in page.source.text:
        body = len(page.source.text) - len(page.front.body)
        yield from _TO_FILL.finditer(page.source.text, 0, body)
        yield from _TO_FILL.finditer(page.prose, body)


def _matches(page: Draft) -> Iterator[re.Match[str]]:
    """The matches of the patterns for which the page has a word or character."""
    text, words = page.prose, page.words
    in_brackets = [*_in_brackets(page)] if "[" in text else []
    yield from in_brackets
    if "{" in text:
        yield from _BRACES.finditer(text)
    if not words.isdisjoint(_REMARK_TRIGGERS) or any(
        word in words and start in page.lower for word, start in _REMARK_STARTS.items()
    ):
        yield from _REMARK.finditer(page.lower if len(page.lower) == len(text) else text)
    has_x = "X" in text and not words.isdisjoint(_X_TRIGGERS)
    if has_x or not words.isdisjoint(_CAPITALS_TRIGGERS) or ("_" in text and "__" in text):
        reported = {match.start() + 1 for match in in_brackets}
        yield from (match for match in _CAPITALS.finditer(text) if match.start() not in reported)
    yield from _UNSURE.finditer(text)
    if "<" in page.source.text:
        yield from _IN_TAGS.finditer(page.source.text)


def _in_brackets(page: Draft) -> Iterator[re.Match[str]]:
    """Placeholders in square brackets. The words of a link are none: `[dose](#dose)`."""
    text = page.prose
    matches = [*_BRACKETED.finditer(text)]
    starts = {match.start() for match in matches}
    matches += [match for match in _LABELLED.finditer(text) if match.start() not in starts]
    if matches:
        keys = {fold(link.text) for link in page.links if link.kind == "definition"}
        for match in matches:
            words = match.group().rstrip(" \t.")
            is_key = fold(words[1:-1]) in keys
            is_link = any(link.start <= match.start() < link.end for link in page.links)
            if not (
                is_key
                or is_link
                or page.source.text[match.start() + len(words) :][:1] in tuple("([:")
            ):
                yield match
