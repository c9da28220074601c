"""missing-field (W111)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W111", "missing-field", about=_subjects.review)
def missing_field(page: Draft) -> Iterator[Problem]:
    """The front matter of an approved page lacks what readers need to trust it: description,
    authors, legal status.

    Why it matters: the page says that it is approved, but not who wrote it, or whether the medicine
    may be sold.

    Wrong: `review: {status: approved, …}` and no `authors`.

    Right: `authors: [{name: A. Person, credentials: PharmD}]` beside it.

    How to fix: add the field. The reviewer belongs in `review`, not in `authors`.
    """
    fields = page.fields
    if page.kind == "page" or not fields.review or not fields.review.is_signed:
        return
    for key, is_stated in (
        ("description", fields.description),
        ("authors", fields.authors),
        ("status", fields.status or fields.is_banned is not None or not page.is_medicine),
    ):
        if not is_stated:
            yield page.in_front(f"The page is approved but has no {key!r}.\nAdd it.", "review")
