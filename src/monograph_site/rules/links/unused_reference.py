"""unused-reference (I417)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.citations import cited
from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I417", "unused-reference")
def unused_reference(page: Draft) -> Iterator[Problem]:
    """References that nothing in the text cites. One finding a file, at the first of them.

    Why it matters: the reader can't tell which statements they support. A list that nothing cites
    at all may be meant as further reading.

    Wrong: three references, of which the text cites `[1]` and `[3]`.

    Right: the same with `[2]` behind the statement it supports.

    How to fix: cite the reference where the text relies on it, or remove it.
    """
    references = page.body.references
    if not references:
        return
    body = page.body
    texts = [section.html for section in body.sections] + [faq.answer_html for faq in body.faqs]
    used = cited(texts + [one.html for one in (body.note, body.disclaimer) if one])
    unused = [one for one in references if one.id not in used]
    if unused:
        first, count = unused[0], len(references)
        said = (
            "Nothing is cited" if not used else f"{len(unused)} of {count} references are not cited"
        )
        message = f"{said}, such as [{first.number}] {first.title[:60]!r}.\nCite it where the text relies on it."
        stated = page.references()
        if first.number <= len(stated):
            yield page.in_front(message, *stated[first.number - 1])
        else:
            yield page.find((first.key and f"[^{first.key}]:") or first.title[:20], message)
