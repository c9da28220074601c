"""several-h1 (I117)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule


@rule("I117", "several-h1")
def several_h1(page: Draft) -> Iterator[Fault]:
    """More than one first-level heading. The first names the page, the others become its sections. Said once a file.

    Why it matters: a second one often names a second medicine, which should have a page of its own.

    Wrong: `# Examplin` and, further down, `# Samplol`.

    Right: two files; or `## Samplol`, where one page speaks of both.

    How to fix: divide the file, or write the others with two `#`.
    """
    first = [block for block in page.document.blocks if block.kind == "heading" and block.level == 1]
    if len(first) > 1:
        said = f"{len(first)} first-level headings; the second is {first[1].text.strip()!r}."
        yield page.at(first[1].line, f"{said}\nWrite it with two '#', or divide the file.")
