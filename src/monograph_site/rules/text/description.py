"""Places in a page's description, which front matter may write over several lines."""

from __future__ import annotations

from ...loader.draft import Draft
from ...model.finding import Fault


def described(page: Draft, words: str, text: str) -> Fault:
    """A fault at some words of the description; at the whole of it where it writes them over a line's end."""
    whole = page.in_front(text, "description")
    first = whole.span.line
    last = first
    while last < len(page.lines) and page.lines[last].startswith((" ", "\t")):
        last += 1
    found = page.source.find(words, first, last)
    there = page.lines[found.line - 1].startswith(words, found.column - 1)
    return Fault(found, text, len(words)) if there else whole
