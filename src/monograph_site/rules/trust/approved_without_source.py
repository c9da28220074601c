"""approved-without-source (W507)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W507", "approved-without-source", about=_subjects.review)
def approved_without_source(page: Draft) -> Iterator[Problem]:
    """An approved page names no source, neither in front matter nor in a section of references.

    Why it matters: neither readers nor the next reviewer can check its statements.

    Wrong: `review: {status: approved, …}` and no `sources`.

    Right: `sources: [{type: label, title: Examplin prescribing information, organisation: FDA}]`
    beside it.

    How to fix: name what the reviewer checked the text against.
    """
    review = page.fields.review
    if page.kind == "page" or not review or not review.is_signed or page.body.references:
        return
    if not any(part.key == "references" and part.blocks for part in page.content):
        yield page.in_front("The page is approved but names no source.\nAdd `sources`.", "review")
