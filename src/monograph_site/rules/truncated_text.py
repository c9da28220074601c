"""truncated-text (E201)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import Block
from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_ENDS = re.compile(r"[.!?:;)\]\"'”’…%]\W*$")
_DANGLING = re.compile(
    r"(?:,|\(|\*\*|-|–|\b(?:a|an|the|and|or|but|of|for|to|in|on|with|by|from|as|at|that|which|who|is|are|was|were|be|can|"
    r"may|might|should|will|if|when|while|than|this|these|those|their|its|such|especially|including|medical|single|"
    r"major|not|some|any|into|about|because|due))\W*$",
    re.IGNORECASE,
)  # fmt: skip
_EMPTY_ITEM = re.compile(r"\s*[*+-]\s+\*\*\s*$")


@rule("E201", "truncated-text")
def truncated_text(page: Draft) -> Iterator[Fault]:
    """The text breaks off in mid-sentence: a tool stopped writing, often in the middle of the side effects.

    Why it matters: a list that stops looks complete. The place looked at is the end of the last section before the
    disclaimer and the note, which an importer adds even when the text is cut.

    Wrong: `a rash, especially in those with a history of` as the last words before the note.

    Right: `a rash, especially in those with a history of allergy.`

    How to fix: complete the sentence from a source, or remove it if the page can do without.
    """
    blocks = list(page.blocks())
    if not page.is_medicine or not blocks:
        return
    last = blocks[-1]
    leaf, siblings = _leaf(last)
    text = leaf.text.strip()
    line = page.source.text.split("\n")[leaf.line - 1] if leaf.kind == "rule" else ""
    closed = page.body.note is not None or page.body.disclaimer is not None
    if _EMPTY_ITEM.match(line):
        text = line.strip()
    elif (
        not text
        or leaf.kind not in ("paragraph", "heading")
        or _ENDS.search(text)
        or not (
            "**" in text
            or _DANGLING.search(text)
            or _breaks_with_others(text, siblings)
            or (closed and last.kind == "paragraph")
        )
    ):
        return
    words = text[-40:].split(" ", 1)[-1] if len(text) > 40 else text
    message = f"The text breaks off: {words!r}.\nComplete the sentence, or remove it if the page can do without."
    yield page.find(words.split("\n")[-1], message, leaf.line)


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
    return len(text.split()) > 4 and len(others) > 0 and all(_ENDS.search(other) for other in others)
