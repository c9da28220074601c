"""unexpected-form (W028)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from ...source.schema_errors import describe_value
from .. import rule

_NAMES = ("title", "brands", "ingredients", "authors", "author", "company", "alternate_names")
_LISTS_OF_MAPPINGS = {
    "sources": "- title: …, with url: … or organisation: …",
    "references": "- title: …, with url: … or organisation: …",
    "faqs": "- q: …, with a: …",
}
"""Keys of lists whose entries are mappings, and how to write one."""
_LETTER = regex(r"[^\W\d_]")


@rule("W028", "unexpected-form")
def unexpected_form(page: Draft) -> Iterator[Problem]:
    """A value can be read, but does not have the form its key expects: a number instead of a name,
    or a text instead of a list of sources.

    Why it matters: the page shows "5" as a brand, or a sentence as the title of a source.

    Wrong: `brands: 5`, or `sources: see the label`

    Right: `brands: [Examplo]`, or `sources: [{title: Examplin label, organisation: FDA}]`

    How to fix: write what the key is meant for.
    """
    data = page.front.data
    for key in _NAMES:
        value = data.get(key)
        for path, name in _named(key, value):
            if isinstance(name, str) and name.strip() and not _LETTER.search(name):
                message = f"{key}: {describe_value(name)} is not a name."
                yield page.in_front(f"{message}\nWrite the name, or remove the key.", *path)
    for key, example in _LISTS_OF_MAPPINGS.items():
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            message = f"{key}: {describe_value(value)} is a text, not a list."
            yield page.in_front(f"{message}\nWrite one entry for each: {example}.", key)


def _named(key: str, value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The names in a value, with their paths."""
    if not isinstance(value, list):
        yield (key,), value.get("name") if isinstance(value, dict) else value
        return
    for number, part in enumerate(value):
        yield (key, number), part.get("name") if isinstance(part, dict) else part
