"""unresolved-citation (W403)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.citations import find_citations
from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W403", "unresolved-citation")
def unresolved_citation(page: Draft) -> Iterator[Problem]:
    """A citation does not match any reference of the page. It is shown without a link.

    Why it matters: readers cannot check the statement.

    Wrong: `[7]` on a page with three references.

    Right: `[3]`

    How to fix: add the reference, or correct the number.
    """
    unresolved = {text for text, _ in page.body.uncited}
    start = len(page.source.text) - len(page.front.body)
    for match in find_citations(page.prose, start) if unresolved else ():
        if match.group() in unresolved and page.source.text[match.end() : match.end() + 1] != "(":
            count = len(page.body.references)
            message = f"No reference for {match.group()}; the page has {count}."
            yield page.match(match, f"{message}\nAdd the reference, or correct the number.")
    keys = {reference.key for reference in page.body.references}
    for path, key in page.rows.cited:
        if key not in keys:
            message = f"No reference has the key {key!r}; the page has {len(keys)}."
            yield page.in_front(f"{message}\nAdd the reference, or correct the key.", *path)
