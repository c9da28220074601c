"""heading-swallows-paragraph (I115)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.labels import label_of
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
        if block.kind == "heading" and (len(block.runs) > 1 or ":" in block.text):
            label = label_of(block)
            if label and label.rest:
                words = label.rest[0].text.strip() or label.text
                message = f"The heading {label.text!r} has its text on the same line."
                text = f"{message}\nPut the text into a paragraph below it."
                yield page.find(words[:40], text, block.line, block.last)
