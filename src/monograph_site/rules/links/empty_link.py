"""empty-link (W408)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W408", "empty-link", about=_subjects.links)
def empty_link(page: Draft) -> Iterator[Problem]:
    """A link has no text, so that readers cannot follow it, or no address, so that clicking it does
    nothing.

    Why it matters: the author meant to send readers somewhere, and they cannot go there.

    Wrong: `[the dose in children]()` and `[](children.md)`

    Right: `[the dose in children](children.md)`

    How to fix: add what is missing, or remove the link.
    """
    for link in page.links:
        has_text, has_address = link.text.strip(), link.target.strip("#")
        if (has_text and has_address) or link.kind not in ("link", "html"):
            continue
        source = page.source.text[link.start : link.end]
        missing = "address" if has_text else "text"
        message = f"The link {source[:80]!r} has no {missing}.\nAdd it, or remove the link."
        yield Problem(page.source.span(link.start), message, len(source))
