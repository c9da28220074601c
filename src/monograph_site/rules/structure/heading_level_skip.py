"""heading-level-skip (I116)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I116", "heading-level-skip")
def heading_level_skip(page: Draft) -> Iterator[Problem]:
    """A heading inside a section is two or more levels below the one above it. The page closes the
    gap.

    Why it matters: people who listen to a page move by levels, and other tools show the gap. A jump
    from the title to the sections (`#`, `###`) is a formulary's own way and no finding.

    Wrong: `#### Adults` right below `## Dosage`.

    Right: `### Adults`

    How to fix: take away a `#`.
    """
    for part in page.content:
        level = part.level
        for block in part.blocks:
            if block.kind == "heading":
                if level and block.level > level + 1:
                    signs = "#" * (level + 1)
                    said = (
                        f"The heading is on level {block.level}, the one above it on level {level}."
                    )
                    yield page.at(block.line, f"{said}\nWrite {signs!r}.")
                level = block.level
