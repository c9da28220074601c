"""unbalanced-bold (MS208), list-as-code (MS210), removed-html (MS211), contained-markup (MS212),
image-left-out (MS213)."""

from __future__ import annotations

from collections.abc import Iterator

from ..blocks import Block
from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

UNBALANCED_BOLD = Finding("MS208", "unbalanced-bold", Severity.WARNING)
LIST_AS_CODE = Finding("MS210", "list-as-code", Severity.WARNING)
REMOVED_HTML = Finding("MS211", "removed-html", Severity.WARNING)
CONTAINED = Finding("MS212", "contained-markup", Severity.WARNING)
IMAGE = Finding("MS213", "image-left-out", Severity.WARNING)

_NOTES = {
    "image": (IMAGE, "Pictures are not published yet; the page shows this one's description:"),
    "indented-list": (LIST_AS_CODE, "Four spaces make this list a code block; it is shown as a list. Indent it less:"),
    "removed-html": (REMOVED_HTML, "HTML that could act in a browser was removed, its text kept:"),
    "deep-nesting": (CONTAINED, "Lists or quotes are nested too deep; the text is shown as it is typed:"),
    "long-paragraph": (CONTAINED, "The paragraph is too long to look for markup in; it is shown as it is typed:"),
}


@RULES.named("unbalanced-bold")
def unbalanced_bold(page: Draft) -> Iterator[Diagnostic]:
    """Asterisks that were meant as bold are shown as asterisks, because one pair of them is missing or misplaced.

    Example: `**Warning: do not take with alcohol.`
    """
    for block in page.blocks():
        leaf = _with_asterisks(block)
        if leaf:
            message = "Two asterisks that make nothing bold. Close the bold text, or remove them."
            yield page.find(UNBALANCED_BOLD, "**", message, leaf.line)
            return


@RULES.named("contained-markup")
def contained_markup(page: Draft) -> Iterator[Diagnostic]:
    """Markup that was read differently from how it is typed: HTML that was removed, lists that would have been code.

    Why it matters: nothing is lost, but the page may not look as its author meant it to.

    Example: `<span onclick="…">text</span>` is published as `text`.
    """
    for what, line, detail in page.document.notes:
        finding, message = _NOTES[what]
        yield page.at(finding, line, f"{message} {detail!r}.")


def _with_asterisks(block: Block) -> Block | None:
    if block.runs and any(run.kind == "text" and "**" in run.text for run in block.runs):
        return block
    return next((found for child in block.children if (found := _with_asterisks(child))), None)
