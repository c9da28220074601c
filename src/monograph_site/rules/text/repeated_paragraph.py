"""repeated-paragraph (W223)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_SHORTEST = 100
"""Characters: shorter ones are warnings that a page may well repeat."""


@rule("W223", "repeated-paragraph")
def repeated_paragraph(page: Draft) -> Iterator[Problem]:
    """The same paragraph twice on a page, outside its lists, its questions and its closing notes.

    Why it matters: a tool pasted it twice, perhaps in the place of another text; of two copies only
    one will be mended.

    Wrong: the paragraph on adults again under the heading for children.

    Right: each paragraph once.

    How to fix: look which text belongs in the second place; if none does, remove the copy.
    """
    long = [line for line in page.lines[page.front.body_line - 1 :] if len(line) > _SHORTEST // 2]
    if len(long) == len(set(long)) or page.kind == "page":
        return
    seen: dict[tuple[str | None, str], int] = {}
    for part in page.content:
        for block in part.blocks if part.key != "faqs" else ():
            text = block.text.strip() if block.kind == "paragraph" else ""
            first = (
                seen.setdefault((part.subject, text), block.line)
                if len(text) >= _SHORTEST
                else block.line
            )
            if first != block.line:
                said = f"This paragraph stands at line {first} already: {text[:40]!r}."
                yield page.at(block.line, f"{said}\nRemove the copy, or write what belongs here.")
