"""Labels: the words at the head of a heading, paragraph or list item that may name a section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .blocks import Block, Run, inline_text, text_run, trim
from .text import collapse
from .vocabulary import is_clear, key_for

HEADING, LABEL, BULLET = 1, 2, 3
"""What marks a label, outermost first."""

_QUESTION = re.compile(r"\?[\s\"'”’)*_:.]*$|^\W*Q(?:uestion)?\s*\d*\s*[:.)]", re.IGNORECASE)
_COLON = re.compile(r"\s*:\s*")
_PLAIN = re.compile(r"([A-Za-z][A-Za-z '/&-]{2,40}(?:\([^()\n]{1,80}\))?)\s*:(?:\s+|$)")
_BRACKET = re.compile(r"\([^()]{1,60}\)\s*:?")
_REMARK = re.compile(r"\W*(?:see|note|this|as above|refer|information|not |none|no )", re.IGNORECASE)


class Label(NamedTuple):
    """The words at the head of a block that may start a section, and the rest of the block."""

    text: str
    rest: tuple[Run, ...]
    tier: int
    closed: bool
    """Whether it looks like a label: it ends in a colon, or stands alone."""


def is_question(text: str) -> bool:
    """Whether a heading or lead is a question: it ends in a question mark or is numbered as one."""
    return _QUESTION.search(text) is not None


def label_of(block: Block) -> Label | None:
    """The label at the head of a heading, paragraph or list item, if there is one."""
    if block.kind == "heading":
        return _of_heading(block)
    if block.kind == "item":
        first = block.children[0] if block.children else None
        label = label_of(first) if first and first.kind == "paragraph" else None
        return label._replace(tier=BULLET) if label else None
    runs = trim(block.runs) if block.kind == "paragraph" else ()
    if not runs:
        return None
    if runs[0].kind == "strong":
        text, rest = runs[0].text.strip(), _without_colon(runs[1:])
        closed = text.endswith(":") or _colon(runs[1:]) or not rest
        return Label(text.rstrip(": ").strip(), rest, LABEL, closed)
    match = _PLAIN.match(runs[0].text) if runs[0].kind == "text" else None
    if match and is_clear(match.group(1), marked=False):
        return Label(match.group(1).strip(), trim((_cut(runs[0], match.end()), *runs[1:])), LABEL, True)
    return None


def split_labels(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, paragraphs divided at line ends where the next line starts with a label of the table."""
    return [piece for block in blocks for piece in (_split(block) if block.kind == "paragraph" else (block,))]


def _split(block: Block) -> Iterator[Block]:
    start = 0
    for at, run in enumerate(block.runs):
        if run.kind == "break" and at + 1 < len(block.runs):
            label = label_of(block._replace(runs=block.runs[at + 1 :]))
            if label and label.closed and is_clear(label.text):
                yield block._replace(runs=trim(block.runs[start:at]))
                start = at + 1
    yield block._replace(runs=block.runs[start:]) if start else block


def _of_heading(block: Block) -> Label:
    runs = trim(block.runs)
    whole = collapse(inline_text(runs))
    if len(runs) > 1 and runs[0].kind == "strong":
        rest = _without_colon(runs[1:])
        if rest and _is_body(runs[0].text.strip(), inline_text(rest).strip(), whole, _colon(runs[1:])):
            return Label(runs[0].text.strip().rstrip(": ").strip(), rest, HEADING, True)
    elif runs and runs[0].kind == "text" and ":" in runs[0].text:
        head = runs[0].text.partition(":")[0]
        rest = trim((_cut(runs[0], len(head) + 1), *runs[1:]))
        if rest and is_clear(head):
            return Label(head.strip(), rest, HEADING, True)
    return Label(whole.rstrip(": ").strip(), (), HEADING, True)


def _is_body(lead: str, behind: str, whole: str, colon: bool) -> bool:
    """Whether the text behind a heading's bold lead is the section's text that slipped onto the heading's line."""
    if _BRACKET.fullmatch(behind) and not _REMARK.match(behind):
        return False
    if lead.endswith(":") or colon:
        return True
    return (key_for(lead) is not None and key_for(whole) is None) or len(behind.split()) > 5 or behind.endswith(".")


def _colon(runs: Sequence[Run]) -> bool:
    return bool(runs) and runs[0].kind == "text" and _COLON.match(runs[0].text) is not None


def _without_colon(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    match = _COLON.match(runs[0].text) if runs and runs[0].kind == "text" else None
    return trim((_cut(runs[0], match.end()), *runs[1:]) if match else runs)


def _cut(run: Run, at: int) -> Run:
    return text_run(run.text[at:])
