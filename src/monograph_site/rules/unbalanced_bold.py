"""unbalanced-bold (W208)."""

from __future__ import annotations

from collections.abc import Iterator

from ..blocks import Block
from ..diagnostics import Fault
from ..draft import Draft
from . import rule


@rule("W208", "unbalanced-bold")
def unbalanced_bold(page: Draft) -> Iterator[Fault]:
    """Asterisks that were meant as bold are shown as asterisks, because one pair of them is missing or misplaced.

    Why it matters: a warning that should stand out does not, and the asterisks look like a footnote.

    Wrong: `**Warning: do not take with alcohol.`

    Right: `**Warning:** do not take with alcohol.`

    How to fix: close the bold text, or remove the asterisks.
    """
    for block in page.blocks():
        leaf = _with_asterisks(block)
        if leaf:
            message = "Two asterisks that make nothing bold.\nClose the bold text, or remove them."
            yield page.find("**", message, leaf.line)
            return


def _with_asterisks(block: Block) -> Block | None:
    if block.runs and any(run.kind == "text" and "**" in run.text for run in block.runs):
        return block
    return next((found for child in block.children if (found := _with_asterisks(child))), None)
