"""prompt-residue (W204)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._voice import said, wording


def _behind(before: str, word: str) -> str:
    """A word, and that one of several stands before it: a pattern that begins with a plain word is
    found much faster than one that begins with a choice."""
    return f"{word}(?:{'|'.join(f'(?<={one} {word})' for one in before.split())})"


_SOURCES = r"(?:text|sources?|documents?|context|prompt|data|search results|excerpts?|source material|articles?)\b"
_SOURCE = "text source sources document documents context data excerpt excerpts article articles"
_PLACE = "format setting settings situation situations scenario scenarios context contexts case cases name what"
_BY_THE_READER = re.compile(
    rf"{_behind(_PLACE, 'you')} (?:mentioned|provided|specified|requested|listed|described|asked)\b"
)
_PATTERNS = {
    "prompt": [re.compile(rf"{_behind('the your', 'prompt')}\b")],
    "requested": [
        re.compile(r"requested (?:format|details|information)\b"),
        re.compile(_behind("details information", "as requested")),
    ],
    "request": [
        re.compile(r"your request\b"),
        re.compile(rf"{_behind('to addressing per', 'the request')}\b(?! (?:of|for|from|by))"),
    ],
    "query": [re.compile(r"your query\b")],
    "search": [re.compile(r"the search results\b")],
    "specified": [re.compile(r"specified format\b"), _BY_THE_READER],
    "provided": [
        re.compile(rf"provided {_SOURCES}"),
        re.compile(_behind(_SOURCE, "provided")),
        _BY_THE_READER,
    ],
    "supplied": [re.compile(rf"supplied {_SOURCES}"), re.compile(_behind(_SOURCE, "supplied"))],
    "given": [re.compile(rf"given {_SOURCES}")],
    "mentioned": [_BY_THE_READER],
    "listed": [_BY_THE_READER],
    "described": [_BY_THE_READER],
    "asked": [_BY_THE_READER],
}
"""What is looked for in a page, in lower case, if a word stands there."""
_MANY = 20
"""Places reported one by one; some pages speak so in every section."""


@rule("W204", "prompt-residue")
def prompt_residue(page: Draft) -> Iterator[Problem]:
    """The text speaks of the prompt or sources it was generated from, which the reader can't see.
    Each place is reported.

    Why it matters: it sends the reader looking for a text that is not there.

    Wrong: `The provided text gives no dose for children.`

    Right: `No dose for children is known.`

    How to fix: rewrite the sentence for readers, after checking what it says.
    """
    patterns = [
        pattern for word, some in _PATTERNS.items() if word in page.words for pattern in some
    ]
    places = list(said(page, patterns, lower=True)) if page.kind != "page" else []
    for found in places[:_MANY]:
        text = f"{wording(page, found)!r} speaks of the request behind this text."
        yield page.match(found, f"{text}\nRewrite it for readers.")
    if len(places) > _MANY:
        text = f"{wording(page, places[_MANY])!r} and {len(places) - _MANY - 1} more such places follow."
        yield page.match(places[_MANY], f"{text}\nRewrite them for readers.")
