"""empty-section (W112)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from ...loader.draft import Draft
from ...loader.parts import Part
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from .._qualifiers import groups

_TEXT_LEVEL = 7
"""The level of text: below every heading."""
_CLOSING = ("disclaimer", "note")
_HAS_TEXT = regex(
    r":\s+\S|[(\[]\s*(?:no|not|none|nil|n/a|limited)\b"
    r"|\s(?:(?:no )?data not available|no data(?: available)?|not applicable|none known)\W*$",
    re.IGNORECASE,
)
"""A heading that holds its text, or says that there is none: `Elimination: by the kidneys`,
`Precautions (not applicable)`."""


@rule("W112", "empty-section")
def empty_section(page: Draft) -> Iterator[Problem]:
    """There is no text below a heading or a section's label.

    A heading that groups the ones below it is not empty, even if they have its level: `More common`
    above `In children` and `In adults`.

    Why it matters: readers take an empty "Side effects" for "none", and a text was probably lost.

    Wrong: `## Side effects`, and right below it `## Interactions`.

    Right: the text between them; if nothing is known, the sentence `None are known.`

    How to fix: write the text, or remove the heading.
    """
    if page.kind == "page":
        return
    parts = page.outline.parts
    for part, following in zip_longest(parts, parts[1:]):
        is_empty = part.heading and not (part.blocks or _HAS_TEXT.search(part.heading))
        if is_empty and not part.has_table and not _may_be_empty(page, part, following):
            yield _problem(page, part.heading, part.line)
        yield from _empty_headings(page, part, following)


def _may_be_empty(page: Draft, part: Part, following: Part | None) -> bool:
    """Whether a part has no text for a good reason: other parts are below it, or its text is kept
    elsewhere."""
    if (part.key == "faqs" and page.body.faqs) or (
        part.key == "references" and page.body.references
    ):
        return True
    if following is None:
        return False
    is_above = following.level > part.level > 0 or (
        part.level > 0 and not following.level and following.key not in _CLOSING
    )
    is_untitled = part.key == "other" and not part.level
    is_group = part.level == following.level and groups(part.heading, following.heading)
    return is_above or is_group or following.subject != part.subject or is_untitled


def _empty_headings(page: Draft, part: Part, following: Part | None) -> Iterator[Problem]:
    """Headings inside a part that have nothing below them."""
    if part.key == "faqs":  # `faq-unanswered` reports questions without an answer
        return
    # of the heading right below; the section of a label starts with text
    level = 0 if following is None else following.level or _TEXT_LEVEL
    below = "" if following is None else following.heading
    problems = []
    for block in reversed(part.blocks):
        if block.kind == "heading":
            heading = block.text.strip()
            is_empty = level <= block.level and heading and not _HAS_TEXT.search(heading)
            if is_empty and not (level == block.level and groups(heading, below)):
                problems.append(_problem(page, heading, block.line))
            level, below = block.level, heading
        elif block.kind != "rule":
            level, below = _TEXT_LEVEL, ""
    yield from reversed(problems)


def _problem(page: Draft, heading: str, line: int) -> Problem:
    return page.at(line, f"Section {heading!r} is empty.\nWrite the text, or remove the heading.")
