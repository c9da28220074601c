"""unbalanced-emphasis (W229)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from .. import rule

_OPENS = re.compile(r"[*_](?<![\w*\\)\]].)(?=[A-Za-z(\[\"“])")
"""One sign before a word; `HLA-B*57:01`, `2*3` and `snake_case` have a letter or digit in front of
theirs. It starts with the sign, which is found at once."""
_FOOTNOTE = re.compile(r"[\w.)]\*(?![\w*])")
"""An asterisk behind a word refers to a note, which then begins with one."""
_AROUND = 16


@rule("W229", "unbalanced-emphasis")
def unbalanced_emphasis(page: Draft) -> Iterator[Problem]:
    """An asterisk or underscore before a word, meant to begin emphasis that nothing ends. It is
    shown as it is typed.

    Why it matters: readers take it for a footnote, and look for a note that is not there.

    Wrong: `Take *one tablet a day.`

    Right: `Take *one* tablet a day.`

    How to fix: close the emphasis, or remove the sign. Behind the sign of a list, a space is
    missing: `* one`.
    """
    text = page.prose
    if _OPENS.search(text):
        notes = _FOOTNOTE.search(text) is not None
        for block in page.blocks():
            yield from _faults(page, block, notes)


def _faults(page: Draft, block: Block, notes: bool) -> Iterator[Problem]:
    for run in block.runs:
        found = _OPENS.search(run.text) if run.kind == "text" else None
        if (
            found
            and not (notes and found.group() == "*")
            and found.group() not in run.text[found.end() :]
        ):
            words = run.text[found.start() : found.start() + _AROUND]
            message = f"{found.group()!r} begins emphasis that nothing ends.\nClose it, or remove the sign."
            yield page.find(words, message, block.line, block.last)._replace(length=1)
    for child in block.children:
        yield from _faults(page, child, notes)
