"""image-left-out (W213)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W213", "image-left-out")
def image_left_out(page: Draft) -> Iterator[Problem]:
    """An image. Images are not published yet: the page shows the alternative text.

    Why it matters: what only the image shows does not reach the reader.

    Wrong: `![](dose-table.png)`

    Right: the table itself, in Markdown.

    How to fix: describe in words, or in a table, what the image shows.
    """
    for line, detail in page.notes("image"):
        message = f"Images are not published yet: the page shows no {detail!r}, only its words."
        yield page.at(line, f"{message}\nDescribe in words what the image shows.")
