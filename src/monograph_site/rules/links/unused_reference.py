"""unused-reference (I417)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.citations import cited_anchors
from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I417", "unused-reference")
def unused_reference(page: Draft) -> Iterator[Problem]:
    """References that the text does not cite. One finding per file, at the first of them.

    Why it matters: readers cannot tell which statements they support. A list without any citation
     may be meant as further reading.

    Wrong: three references, of which the text cites `[1]` and `[3]`.

    Right: the same with `[2]` after the statement it supports.

    How to fix: cite the reference where the text relies on it, or remove it.
    """
    body = page.body
    if not body.references:
        return
    texts = [section.html for section in body.sections] + [faq.answer_html for faq in body.faqs]
    used = cited_anchors(texts + [part.html for part in (body.note, body.disclaimer) if part])
    in_rows = page.rows.citations
    unused = [
        reference
        for reference in body.references
        if reference.id not in used and reference.key not in in_rows
    ]
    if not unused:
        return
    first = unused[0]
    text = (
        f"{len(unused)} of {len(body.references)} references never cited; the first is "
        f"[{first.number}] {first.title[:60]!r}.\nCite it where the text relies on it."
    )
    in_front = page.references()
    if first.number <= len(in_front):
        yield page.in_front(text, *in_front[first.number - 1])
    else:
        yield page.find((first.key and f"[^{first.key}]:") or first.title[:20], text)
