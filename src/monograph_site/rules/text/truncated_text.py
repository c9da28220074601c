"""truncated-text (E201)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from .. import rule
from .._endings import dangles, ends, last_words

_EMPTY_ITEM = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+(?:\*\*|\*|__|\[)\s*$")
_LED_ON = re.compile(r"(?:\w+\s+\w+\s*:|\.\.\.|…)$")
_QUESTION = re.compile(r"Q(?:uestion)?\s*\d{0,3}\s*[:.)]", re.IGNORECASE)


@rule("E201", "truncated-text")
def truncated_text(page: Draft) -> Iterator[Problem]:
    """The text breaks off in mid-sentence: a tool stopped writing, often in the middle of the side
    effects.

    Why it matters: a list that stops looks complete. The places looked at are the ends of the
    sections; most of all that of the last one before the disclaimer and the note, which an importer
    adds even when the text is cut.

    Wrong: `a rash, especially in those with a history of` as the last words before the note.

    Right: `a rash, especially in those with a history of allergy.`

    How to fix: complete the sentence from a source, or remove it if the page can do without.
    """
    parts = [part for part in page.content if part.blocks] if page.is_medicine else []
    for part in parts:
        last = part.blocks[-1]
        leaf, siblings = _leaf(last)
        text = _cut(page, part is parts[-1], last, leaf, siblings)
        if text:
            message = f"The text breaks off: {text!r}.\nComplete the sentence, or remove it if the page can do without."
            yield page.find(text, message, leaf.line)


def _cut(page: Draft, at_end: bool, last: Block, leaf: Block, siblings: tuple[Block, ...]) -> str:
    """The last words of a section where it breaks off, else ''. `at_end`: the section is the page's
    last one."""
    text = leaf.text.strip()
    line = page.lines[leaf.line - 1]
    if leaf.kind in ("rule", "item", "paragraph") and _EMPTY_ITEM.match(line) and at_end:
        return line.strip()
    if not text or leaf.kind not in ("paragraph", "heading"):
        return ""
    if not at_end:
        return (
            last_words(text)
            if leaf.kind == "paragraph" and "**" not in text and dangles(text)
            else ""
        )
    if leaf.kind == "heading" and _QUESTION.match(text) and not text.endswith("?"):
        return last_words(text)
    if (
        leaf.kind == "paragraph"
        and _LED_ON.search(text[-60:])
        and any(run.kind == "text" for run in leaf.runs)
    ):
        return last_words(text)
    closed = page.body.note is not None or page.body.disclaimer is not None
    broken = "**" in text or dangles(text) or _breaks_with_others(text, siblings)
    return (
        last_words(text)
        if not ends(text) and (broken or (closed and last.kind == "paragraph"))
        else ""
    )


def _leaf(block: Block) -> tuple[Block, tuple[Block, ...]]:
    """The last block without children, and the items of the list it ends."""
    siblings: tuple[Block, ...] = ()
    while block.children:
        siblings = block.children if block.kind == "list" else siblings
        block = block.children[-1]
    return block, siblings


def _breaks_with_others(text: str, siblings: tuple[Block, ...]) -> bool:
    """Whether the last item alone, of a list whose items are sentences, ends without a full stop."""
    others = [item.text.strip() for item in siblings[:-1] if len(item.text.split()) > 4]
    return len(text.split()) > 4 and len(others) > 0 and all(map(ends, others))
