"""image-left-out (W213)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W213", "image-left-out", about=_subjects.notes)
def image_left_out(page: Draft) -> Iterator[Problem]:
    """An image that can't be published: in a format that browsers do not show, inside an address
    (`data:`), or in front matter. The page shows the alternative text.

    Why it matters: what only the image shows does not reach the reader.

    Wrong: `![](dose-table.tiff)`

    Right: `![The dose by weight](dose-table.png)`, or the table itself in Markdown.

    How to fix: save the image as PNG, JPEG, WebP, AVIF or GIF, in the folder of the text.
    """
    for line, detail in page.notes("image"):
        message = f"The image {detail!r} can't be published: the page shows its alternative text."
        yield page.at(line, f"{message}\nSave it as PNG, JPEG or WebP.")
