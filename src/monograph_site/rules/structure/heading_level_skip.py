"""heading-level-skip (I116)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I116", "heading-level-skip")
def heading_level_skip(page: Draft) -> Iterator[Problem]:
    """A heading inside a section is two or more levels below the one above it. The published page
    closes the gap.

    Why it matters: screen reader users move by heading levels, and other tools show the gap. A jump
    from the title to the sections (`#`, `###`) is a style of the whole formulary and is not
    reported.

    Wrong: `#### Adults` right below `## Dosage`.

    Right: `### Adults`

    How to fix: remove a `#`.
    """
    for part in page.content:
        level = part.level
        for block in part.blocks:
            if block.kind == "heading":
                if level and block.level > level + 1:
                    message = f"Heading level skips from {level} to {block.level}."
                    yield page.at(block.line, f"{message}\nWrite {'#' * (level + 1)!r}.")
                level = block.level
