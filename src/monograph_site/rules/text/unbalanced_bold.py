"""unbalanced-bold (W208)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...model.source import Span
from ...regex import regex
from .. import _subjects, rule
from .._endings import ends

_MARKER = "**"
_NOT_BOLD = regex(
    r"(?:(?<!\S)|(?<=\w))\*{3,}(?![\w*])|^\*{3}(?=[a-z])|^\*\*(?=\s)|(?<=\d)\*\*(?=[);., ])",
    re.MULTILINE,
)
"""Asterisks that were never meant to be bold: a blank to fill in (`symptoms of *** since`), and the
mark of a note (`Examplin***`, `page 604**`), which starts a line too (`** Not for children.`)."""
_LONE_MARK = regex(r"[^*]*\s\*\*\s*")
"""Asterisks behind a name and a space, with nothing to which they could belong."""
_NOTES = regex(r"\*(?!\*)[^*]*\n\*\*(?=\w)")
"""Two notes below each other: `*Not for adults.`, `**Not for children.`"""
_MESSAGE = f"Unmatched `{_MARKER}`.\nClose the bold text, or remove the asterisks."
MAX_LISTED = 50
"""Places of one page that are reported: fixing the first ones often fixes the others."""


@rule("W208", "unbalanced-bold", fixable=True, about=_subjects.typed_marks)
def unbalanced_bold(page: Draft) -> Iterator[Problem]:
    """Asterisks for bold text are shown as asterisks, because one pair of them is missing or
    misplaced. One finding for each paragraph; where the text breaks off there, see `truncated-text`.
    A blank to fill in (`***`) and the mark of a note (`** Not for children`) are not reported.

    Why it matters: a warning that should be bold is not, and the asterisks look like a footnote.

    Wrong: `**Warning: do not take with alcohol.`

    Right: `**Warning:** do not take with alcohol.`

    How to fix: close the bold text, or remove the asterisks.
    """
    problems = list(_problems(page))
    last = _last_leaf(page) if problems else None
    if last and problems[-1].span.line >= last.line and not ends(last.text.strip()):
        problems.pop()
    yield from problems[:MAX_LISTED]


def _last_leaf(page: Draft) -> Block | None:
    """The last block of the text that has no others in it."""
    parts = [part for part in page.content if part.blocks]
    block = parts[-1].blocks[-1] if parts else None
    while block and block.children:
        block = block.children[-1]
    return block


def _problems(page: Draft) -> Iterator[Problem]:
    """A problem at the first asterisks of each block that are shown as such."""
    last: Block | None = None
    for block, run in page.typed_marks:
        if block is last or _MARKER not in run.text or _is_note(block.text):
            continue
        offset = _NOT_BOLD.sub(lambda match: " " * len(match[0]), run.text).find(_MARKER)
        if offset >= 0 and not _is_escaped(page, block, run.text[offset + 2 : offset + 10]):
            yield Problem(_span(page, block, run.text, offset), _MESSAGE, len(_MARKER))
            last = block


def _is_note(text: str) -> bool:
    """Whether the asterisks of a block are marks of notes."""
    return _NOTES.match(text) is not None or _LONE_MARK.fullmatch(text) is not None


def _is_escaped(page: Draft, block: Block, after: str) -> bool:
    """Whether the author typed backslashes before the asterisks that stand before these words."""
    escaped = r"\*\*" + after
    return any(escaped in line for line in page.lines[block.line - 1 : block.last])


def _span(page: Draft, block: Block, text: str, offset: int) -> Span:
    """The place of asterisks in the source: where the words around them are, else the first
    asterisks of the block."""
    before, after = text[max(0, offset - 12) : offset], text[offset : offset + 14]
    span = page.source.find(before + after, block.line, block.last)
    if page.lines[span.line - 1].startswith(before + after, span.column - 1):
        return Span(span.line, span.column + len(before))
    return page.source.find(_MARKER, block.line, block.last)
