"""unbalanced-bold (W208)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...model.source import Span
from .. import rule

_SIGN = "**"
_MANY = 50
"""Places reported of one page: where there are more, the first ones mended show the others."""
_MESSAGE = "Two asterisks that make nothing bold.\nClose the bold text, or remove them."


@rule("W208", "unbalanced-bold")
def unbalanced_bold(page: Draft) -> Iterator[Problem]:
    """Asterisks that were meant as bold are shown as asterisks, because one pair of them is missing
    or misplaced. Each place is reported.

    Why it matters: a warning that should stand out does not, and the asterisks look like a
    footnote.

    Wrong: `**Warning: do not take with alcohol.`

    Right: `**Warning:** do not take with alcohol.`

    How to fix: close the bold text, or remove the asterisks.
    """
    if _SIGN in page.source.text:
        places = (place for block in page.blocks() for place in _places(page, block))
        yield from islice(places, _MANY)


def _places(page: Draft, block: Block) -> Iterator[Problem]:
    for run in block.runs:
        at = run.text.find(_SIGN) if run.kind == "text" else -1
        while at >= 0:
            yield _place(page, block, run.text, at)
            at = run.text.find(_SIGN, at + 2)
    for child in block.children:
        yield from _places(page, child)


def _place(page: Draft, block: Block, text: str, at: int) -> Problem:
    """The fault at these asterisks: where the words around them stand, else where the block's first
    ones do."""
    before, behind = text[max(0, at - 12) : at], text[at : at + 14]
    place = page.source.find(before + behind, block.line, block.last)
    if page.lines[place.line - 1].startswith(before + behind, place.column - 1):
        return Problem(Span(place.line, place.column + len(before)), _MESSAGE, 2)
    return Problem(page.source.find(_SIGN, block.line, block.last), _MESSAGE, 2)
