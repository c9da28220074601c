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
_ANY_SOURCE = f"{_SOURCE_WORDS} prompt search"
_BEFORE_YOU = (
    "format setting settings situation situations scenario scenarios context contexts case cases "
    "name what"
)
_OF_READER = "mentioned provided specified requested listed described asked"
_BY_READER = regex(rf"{_after(_BEFORE_YOU, 'you')} (?:{_OF_READER.replace(' ', '|')})\b")


def _words(*words: str) -> tuple[frozenset[str], ...]:
    """Sets of words, each from a text."""
    return tuple(frozenset(alternatives.split()) for alternatives in words)


_PATTERNS = (
    (_words("prompt", "the your"), regex(rf"{_after('the your', 'prompt')}\b")),
    (
        _words("requested", "format details information"),
        regex(r"requested (?:format|details|information)\b"),
    ),
    (
        _words("requested", "details information"),
        regex(_after("details information", "as requested")),
    ),
    (_words("request", "your"), regex(r"your request\b")),
    (
        _words("request", "to addressing per"),
        regex(rf"{_after('to addressing per', 'the request')}\b(?! (?:of|for|from|by))"),
    ),
    (_words("query", "your"), regex(r"your query\b")),
    (_words("search", "results"), regex(r"the search results\b")),
    (_words("specified", "format"), regex(r"specified format\b")),
    (_words(_OF_READER, "you", _BEFORE_YOU), _BY_READER),
    (_words("provided", _ANY_SOURCE), regex(rf"provided {_SOURCES}")),
    (_words("provided", _SOURCE_WORDS), regex(_after(_SOURCE_WORDS, "provided"))),
    (_words("supplied", _ANY_SOURCE), regex(rf"supplied {_SOURCES}")),
    (_words("supplied", _SOURCE_WORDS), regex(_after(_SOURCE_WORDS, "supplied"))),
    (_words("given", _ANY_SOURCE), regex(rf"given {_SOURCES}")),
)
"""Patterns in lower case. A page is searched for one if it has a word of each of its sets."""
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
    words = page.words
    patterns = [pattern for needed, pattern in _PATTERNS if not any(map(words.isdisjoint, needed))]
    matches = list(matches_by_author(page, patterns, lower=True))
    for match in matches[:MAX_LISTED]:
        message = f"{wording(page, match)!r} refers to the prompt behind this text."
        yield page.match(match, f"{message}\nRewrite it for readers.")
    if len(matches) > MAX_LISTED:
        match, others = matches[MAX_LISTED], len(matches) - MAX_LISTED - 1
        message = f"{wording(page, match)!r} and {others} more references to the prompt."
        yield page.match(match, f"{message}\nRewrite them for readers.")
