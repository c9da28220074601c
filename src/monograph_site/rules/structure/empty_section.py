"""empty-section (W112)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from ...loader.draft import Draft
from ...loader.parts import Part
from ...model.finding import Problem
from .. import rule

_DEEPEST = 7
"""The level of text: below every heading."""
_CLOSING = ("disclaimer", "note")
# The text itself, or that there is none: `Elimination: by the kidneys`, `Precautions (not
# applicable)`.
_SAYS_IT = re.compile(r":\s+\S|[(\[]\s*(?:no|not|none|nil|n/a|limited)\b", re.IGNORECASE)


@rule("W112", "empty-section")
def empty_section(page: Draft) -> Iterator[Problem]:
    """A heading or a section's label with nothing below it.

    Why it matters: a reader takes an empty "Side effects" for "none", and a text was probably lost.

    Wrong: `## Side effects`, and right below it `## Interactions`.

    Right: the text between them; where nothing is known, the sentence `None are known.`

    How to fix: write the text, or remove the heading.
    """
    if page.kind == "page":
        return
    parts = page.outline.parts
    for part, after in zip_longest(parts, parts[1:]):
        if (
            part.heading
            and not part.blocks
            and not _SAYS_IT.search(part.heading)
            and not _leads(page, part, after)
        ):
            yield _empty(page, part.heading, part.line)
        yield from _inside(page, part, after)


def _leads(page: Draft, part: Part, after: Part | None) -> bool:
    """Whether a part without text is no loss: it stands over other parts, or its text is kept
    elsewhere."""
    if part.key == "faqs" and page.body.faqs:
        return True
    if after is None:
        return False
    deeper = after.level > part.level > 0 or (
        part.level > 0 and not after.level and after.key not in _CLOSING
    )
    return deeper or after.subject != part.subject or (part.key == "other" and not part.level)


def _inside(page: Draft, part: Part, after: Part | None) -> Iterator[Problem]:
    """Headings inside a part that have nothing below them."""
    if part.key == "faqs":  # questions without an answer have a finding of their own
        return
    level = (
        0 if after is None else after.level or _DEEPEST
    )  # of a heading right below, of a label's section
    found = []
    for block in reversed(part.blocks):
        if block.kind == "heading":
            words = block.text.strip()
            if level <= block.level and words and not _SAYS_IT.search(words):
                found.append(
                    page.at(
                        block.line,
                        f"Nothing stands below {words!r}.\nWrite the text, or remove the heading.",
                    )
                )
            level = block.level
        elif block.kind != "rule":
            level = _DEEPEST
    yield from reversed(found)


def _empty(page: Draft, words: str, line: int) -> Problem:
    return page.at(line, f"Nothing stands below {words!r}.\nWrite the text, or remove the heading.")
