"""prompt-residue (W204)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from ._voice import matches_by_author, wording


def _after(words: str, word: str) -> str:
    """A pattern of a word that follows one of several words. The search is much faster for a
    pattern that begins with a plain word than for one that begins with a choice."""
    befores = "|".join(rf"(?<=\b{before} {word})" for before in words.split())
    return f"{word}(?:{befores})"


_SOURCES = (
    r"(?:text|sources?|documents?|context|prompt|data|search results|excerpts?|source material"
    r"|articles?)\b"
)
_SOURCE_WORDS = (
    "text source sources document documents context data excerpt excerpts article articles"
)
_BEFORE_YOU = (
    "format setting settings situation situations scenario scenarios context contexts case cases "
    "name what"
)
_BY_READER = regex(
    rf"{_after(_BEFORE_YOU, 'you')} "
    r"(?:mentioned|provided|specified|requested|listed|described|asked)\b"
)
_PATTERNS = {
    "prompt": [regex(rf"{_after('the your', 'prompt')}\b")],
    "requested": [
        regex(r"requested (?:format|details|information)\b"),
        regex(_after("details information", "as requested")),
    ],
    "request": [
        regex(r"your request\b"),
        regex(rf"{_after('to addressing per', 'the request')}\b(?! (?:of|for|from|by))"),
    ],
    "query": [regex(r"your query\b")],
    "search": [regex(r"the search results\b")],
    "specified": [regex(r"specified format\b"), _BY_READER],
    "provided": [
        regex(rf"provided {_SOURCES}"),
        regex(_after(_SOURCE_WORDS, "provided")),
        _BY_READER,
    ],
    "supplied": [
        regex(rf"supplied {_SOURCES}"),
        regex(_after(_SOURCE_WORDS, "supplied")),
    ],
    "given": [regex(rf"given {_SOURCES}")],
    "mentioned": [_BY_READER],
    "listed": [_BY_READER],
    "described": [_BY_READER],
    "asked": [_BY_READER],
}
"""By word, the patterns that are looked for, in lower case, on a page with this word."""
MAX_LISTED = 20
"""Places of one file that are reported individually; some pages have one in every section."""


@rule("W204", "prompt-residue", languages=("en",))
def prompt_residue(page: Draft) -> Iterator[Problem]:
    """The text refers to the prompt or sources it was generated from, which the reader cannot see.
    Each place is reported.

    Why it matters: readers look for a text that is not there.

    Wrong: `The provided text gives no dose for children.`

    Right: `No dose for children is known.`

    How to fix: check what the sentence says, and rewrite it for readers.
    """
    if page.kind == "page":
        return
    words = [word for word in _PATTERNS if word in page.words]
    patterns = dict.fromkeys(pattern for word in words for pattern in _PATTERNS[word])
    matches = list(matches_by_author(page, patterns, lower=True))
    for match in matches[:MAX_LISTED]:
        message = f"{wording(page, match)!r} refers to the prompt behind this text."
        yield page.match(match, f"{message}\nRewrite it for readers.")
    if len(matches) > MAX_LISTED:
        match, others = matches[MAX_LISTED], len(matches) - MAX_LISTED - 1
        message = f"{wording(page, match)!r} and {others} more references to the prompt."
        yield page.match(match, f"{message}\nRewrite them for readers.")
