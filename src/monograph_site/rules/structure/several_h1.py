"""several-h1 (W117)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.parts import may_be_subject
from ...loader.sections import key_for
from ...model.finding import Problem
from .. import rule


@rule("W117", "several-h1")
def several_h1(page: Draft) -> Iterator[Problem]:
    """A page on a medicine has a second first-level heading that is not a section: it looks like
    another title.

    Why it matters: it often names a second medicine, which should have its own page and address.

    Wrong: `# Examplin` and, further down, `# Samplol`.

    Right: two files; or `## Samplol`, if one page is about both. Sections may all be first-level
    headings.

    How to fix: split the file, or write the heading with two `#`.
    """
    if not page.is_medicine:
        return
    titles = [
        block for block in page.document.blocks if block.kind == "heading" and block.level == 1
    ]
    # where one is a section, this is the level of the sections
    if len(titles) < 2 or any(key_for(block.text, page.title) for block in titles):
        return
    for block in titles[1:]:
        words = block.text.strip()
        if may_be_subject(words, "") and not words.endswith("?") and not words[:1].isdigit():
            message = f"Second first-level heading {words!r}."
            yield page.at(block.line, f"{message}\nSplit the file, or write '##'.")
