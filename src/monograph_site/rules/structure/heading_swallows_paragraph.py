"""heading-swallows-paragraph (I115)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.labels import label_of
from ...loader.sections import is_clear
from ...markdown.blocks import Block
from ...model.finding import Problem
from .. import rule


@rule("I115", "heading-swallows-paragraph", fixable=True)
def heading_swallows_paragraph(page: Draft) -> Iterator[Problem]:
    """A heading has the text of its section on the same line. The page shows the text below the
    heading.

    Why it matters: other tools take the whole paragraph for the heading, and put it in the table of
    contents.

    Wrong: `#### **Adults:** One tablet twice a day, after a meal.`

    Right: `#### Adults`, and the sentence two lines below.

    How to fix: put the text into a paragraph of its own.
    """
    for block in page.document.blocks:
        if block.kind == "heading" and _may_hold_text(block):
            label = label_of(block)
            if label and label.rest:
                words = label.rest[0].text.strip() or label.text
                message = f"The heading {label.text!r} has its text on the same line."
                text = f"{message}\nPut the text into a paragraph below it."
                yield page.find(words[:40], text, block.line, block.last)


def _may_hold_text(block: Block) -> bool:
    """Whether a heading is more than one run, or begins with the name of a section and a colon.
    Most headings with a colon are numbered questions, and finding their label takes longer."""
    runs = block.runs
    if len(runs) != 1:
        return bool(runs)
    text = runs[0].text
    return ":" in text and is_clear(text.partition(":")[0])
