"""repeated-link-definition (W410)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import collapse, fold
from .. import _subjects, rule


@rule("W410", "repeated-link-definition", about=_subjects.links)
def repeated_link_definition(page: Draft) -> Iterator[Problem]:
    """A link reference is defined twice with different addresses. The first definition counts
    (CommonMark 0.31, section 4.7).

    Why it matters: links that mean the second address go to the first.

    Wrong: `[label]: https://example.org/old` and, further down, `[label]: https://example.org/new`

    Right: one of the two lines, or two keys.

    How to fix: remove the line that is out of date, or rename its key and the links that use it.
    """
    defined: dict[str, tuple[str, int]] = {}
    for link in page.links:
        if link.kind != "definition":
            continue
        span = page.source.span(link.start)
        target, line = defined.setdefault(fold(collapse(link.text)), (link.target, span.line))
        if target != link.target:
            message = f"[{link.text}] is already defined as {target!r} on line {line}."
            hint = "Remove one of the two lines, or rename its key."
            yield Problem(span, f"{message}\n{hint}", len(link.text) + 2)
