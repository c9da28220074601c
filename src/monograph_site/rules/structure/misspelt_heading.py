"""misspelt-heading (W106)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.labels import label_of
from ...loader.sections import LONGEST, is_clear, key_for, known_spelling
from ...markdown.blocks import Block
from ...model.finding import Problem
from .. import rule


@rule("W106", "misspelt-heading", fixable=True)
def misspelt_heading(page: Draft) -> Iterator[Problem]:
    """A heading or bold label that is nearly the name of a section, which the page has not.

    Why it matters: the section is not known for what it is. Set in bold, it even becomes running
    text of the section before it, and nobody who looks for contraindications finds them.

    Wrong: `## Contraindicatons`

    Right: `## Contraindications`

    How to fix: correct the word; where it is meant as it stands, let it pass with `ignore:
    [misspelt-heading]`.
    """
    if not page.is_medicine:
        return
    known = {part.key for part in page.content}
    for part in page.content:
        if part.key == "other" and known_spelling(part.heading):
            yield _fault(page, part.heading, part.line)
        for block in part.blocks if part.key != "faqs" else ():
            words = _lead(block)
            if (
                words
                and is_clear(known_spelling(words))
                and key_for(known_spelling(words)) not in known
            ):
                yield _fault(page, words, block.line)


def _lead(block: Block) -> str:
    """The words of a heading or bold label in the text of a part that are misspelt; '' where none
    are."""
    first = block.runs[0] if block.runs and block.kind in ("heading", "paragraph") else None
    if first is None or not (block.level or first.kind == "strong"):
        return ""
    if len(first.text) > LONGEST or not known_spelling(
        first.text
    ):  # before the label, which takes longer
        return ""
    label = label_of(block)
    return label.text if label and label.closed else ""


def _fault(page: Draft, words: str, line: int) -> Problem:
    text = f"{words!r} is no known section.\nDid you mean {known_spelling(words).capitalize()!r}?"
    return page.find(words, text, line, line)
