"""repeated-link-definition (W410)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import collapse, fold
from .. import rule


@rule("W410", "repeated-link-definition")
def repeated_link_definition(page: Draft) -> Iterator[Problem]:
    """Two lines give one link key different addresses. The first counts (CommonMark 0.31, section
    4.7).

    Why it matters: links that mean the second address lead to the first.

    Wrong: `[label]: https://example.org/old` and, further down, `[label]: https://example.org/new`

    Right: one of the two lines, or two keys.

    How to fix: remove the line that is out of date, or rename its key and the links that use it.
    """
    first: dict[str, tuple[str, int]] = {}
    for link in page.links:
        if link.kind != "definition":
            continue
        place = page.source.span(link.start)
        target, line = first.setdefault(fold(collapse(link.text)), (link.target, place.line))
        if target != link.target:
            message = f"The link key {link.text!r} leads to {target!r} already (line {line})."
            yield Problem(
                place, f"{message}\nRemove one of the two lines, or rename one.", len(link.text) + 2
            )
