"""empty-link (W408)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W408", "empty-link")
def empty_link(page: Draft) -> Iterator[Problem]:
    """A link without words, so that nobody can follow it, or without an address, so that it leads
    nowhere.

    Why it matters: the author meant to send readers somewhere, and they can't go.

    Wrong: `[the dose in children]()` and `[](children.md)`

    Right: `[the dose in children](children.md)`

    How to fix: write what is missing, or remove the link.
    """
    for link in page.links:
        without = (
            "words" if not link.text.strip() else "an address" if not link.target.strip("#") else ""
        )
        if without and link.kind in ("link", "html"):
            typed = page.source.text[link.start : link.end]
            message = f"The link {typed[:80]!r} is without {without}.\nWrite what is missing, or remove it."
            yield Problem(page.source.span(link.start), message, len(typed))
