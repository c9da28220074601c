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
    """A second first-level heading on a medicine's page that names no section: it looks like
    another title.

    Why it matters: it often names a second medicine, which should have a page and an address of its
    own.

    Wrong: `# Examplin` and, further down, `# Samplol`.

    Right: two files; or `## Samplol`, where one page speaks of both. Sections may all be
    first-level headings.

    How to fix: divide the file, or write the heading with two `#`.
    """
    if not page.is_medicine:
        return
    first = [
        block for block in page.document.blocks if block.kind == "heading" and block.level == 1
    ]
    if len(first) < 2 or any(
        key_for(block.text, page.title) for block in first
    ):  # it is the level of the sections
        return
    for block in first[1:]:
        words = block.text.strip()
        if may_be_subject(words, "") and not words.endswith("?") and not words[:1].isdigit():
            said = f"{words!r} is a second first-level heading."
            yield page.at(
                block.line, f"{said}\nDivide the file, or write the heading with two '#'."
            )
