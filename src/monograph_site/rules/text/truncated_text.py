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
_ANNOUNCEMENT = re.compile(r"(?:\w+\s+\w+\s*:|\.\.\.|…)$")
_QUESTION = re.compile(r"Q(?:uestion)?\s*+\d{0,3}\s*+[:.)]", re.IGNORECASE)


@rule("E201", "truncated-text")
def truncated_text(page: Draft) -> Iterator[Problem]:
    """The text breaks off in mid-sentence: a tool stopped writing, often in the middle of the side
    effects.

    Why it matters: a list that stops looks complete. The ends of the sections are checked, above
    all that of the last one before the disclaimer and the note, which an importer adds even if the
    text is cut.

    Wrong: `a rash, especially in those with a history of` as the last words before the note.

    Right: `a rash, especially in those with a history of allergy.`

    How to fix: complete the sentence from a source, or remove it if the page can do without.
    """
    parts = [part for part in page.content if part.blocks] if page.is_medicine else []
    for part in parts:
        last_block = part.blocks[-1]
        leaf, siblings = _leaf(last_block)
        words = _cut_words(page, part is parts[-1], last_block, leaf, siblings)
        if words:
            message = f"The text breaks off: {words!r}."
            hint = "Complete the sentence, or remove it if the page can do without."
            yield page.find(words, f"{message}\n{hint}", leaf.line)


def _cut_words(
    page: Draft, is_last: bool, block: Block, leaf: Block, siblings: tuple[Block, ...]
) -> str:
    """The last words of a section that breaks off, else ''. `block` is its last one and `leaf` the
    last one in that; `is_last`: the section is the page's last one."""
    text = leaf.text.strip()
    line = page.lines[leaf.line - 1]
    if is_last and leaf.kind in ("rule", "item", "paragraph") and _EMPTY_ITEM.match(line):
        return line.strip()
    if not text or leaf.kind not in ("paragraph", "heading"):
        return ""
    is_paragraph = leaf.kind == "paragraph"
    is_cut = (
        _is_cut(page, block, leaf, siblings)
        if is_last
        else is_paragraph and "**" not in text and dangles(text)
    )
    return last_words(text) if is_cut else ""


def _is_cut(page: Draft, block: Block, leaf: Block, siblings: tuple[Block, ...]) -> bool:
    """Whether the last section of a page breaks off."""
    text = leaf.text.strip()
    if leaf.kind == "heading" and _QUESTION.match(text) and not text.endswith("?"):
        return True
    has_plain_text = any(run.kind == "text" for run in leaf.runs)
    if leaf.kind == "paragraph" and has_plain_text and _ANNOUNCEMENT.search(text[-60:]):
        return True
    if ends(text):
        return False
    is_closed = page.body.note is not None or page.body.disclaimer is not None
    is_broken = "**" in text or dangles(text) or _differs_from_siblings(text, siblings)
    return is_broken or (is_closed and block.kind == "paragraph")


def _leaf(block: Block) -> tuple[Block, tuple[Block, ...]]:
    """The last block without children, and the items of the list it ends."""
    siblings: tuple[Block, ...] = ()
    while block.children:
        siblings = block.children if block.kind == "list" else siblings
        block = block.children[-1]
    return block, siblings


def _differs_from_siblings(text: str, siblings: tuple[Block, ...]) -> bool:
    """Whether only the last item of a list of sentences ends without a full stop."""
    others = [item.text.strip() for item in siblings[:-1] if len(item.text.split()) > 4]
    return len(text.split()) > 4 and len(others) > 0 and all(map(ends, others))
