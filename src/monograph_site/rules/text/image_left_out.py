"""image-left-out (W213)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W213", "image-left-out")
def image_left_out(page: Draft) -> Iterator[Problem]:
    """A picture. Pictures are not published yet: the page shows the picture's description.

    Why it matters: what only the picture shows does not reach the reader.

    Wrong: `![](dose-table.png)`

    Right: the table itself, in Markdown.

    How to fix: say in words, or in a table, what the picture shows.
    """
    for line, detail in page.notes("image"):
        yield page.at(
            line,
            f"Pictures are not published yet; the page shows this one's description: {detail!r}.\n"
            "Say in words what the picture shows.",
        )
