"""misspelt-heading (W106)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.labels import label_of
from ...loader.sections import MAX_HEADING_LENGTH, is_clear, key_for, known_spelling
from ...markdown.blocks import Block
from ...model.finding import Problem
from .. import rule


@rule("W106", "misspelt-heading", fixable=True, changes_words=True, languages=("en",))
def misspelt_heading(page: Draft) -> Iterator[Problem]:
    """A heading or bold label is nearly the name of a section that the page does not have.

    Why it matters: the section is not recognised. A bold label even becomes running text of the
    section before it, so readers who look for contraindications do not find them.

    Wrong: `## Contraindicatons`

    Right: `## Contraindications`

    How to fix: correct the word; if it is meant as it is, suppress the finding with `ignore:
    [misspelt-heading]`.
    """
    if not page.is_medicine:
        return
    keys = {part.key for part in page.content}
    for part in page.content:
        if part.key == "other" and known_spelling(part.heading):
            yield _problem(page, part.heading, part.line)
        for block in part.blocks if part.key != "faqs" else ():
            words = _misspelt_label(block)
            if words:
                spelling = known_spelling(words)
                if is_clear(spelling) and key_for(spelling) not in keys:
                    yield _problem(page, words, block.line)


def _misspelt_label(block: Block) -> str:
    """The words of a misspelt heading or bold label in the text of a part; '' if it has none."""
    first = block.runs[0] if block.runs and block.kind in ("heading", "paragraph") else None
    if first is None or not (block.level or first.kind == "strong"):
        return ""
    # checked first, because `label_of` takes longer
    if len(first.text) > MAX_HEADING_LENGTH or not known_spelling(first.text):
        return ""
    label = label_of(block)
    return label.text if label and label.closed else ""


def _problem(page: Draft, words: str, line: int) -> Problem:
    spelling = known_spelling(words).capitalize()
    return page.find(words, f"Unknown section {words!r}.\nDid you mean {spelling!r}?", line, line)
