"""missing-space-after-bold (I235)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.repairs import unclosed_labels
from ...model.finding import Problem
from .. import rule

_MARKER = "**"


@rule("I235", "missing-space-after-bold", fixable=True)
def missing_space_after_bold(page: Draft) -> Iterator[Problem]:
    """No space follows the asterisks that should end bold text: `**Caution:**Avoid it.` The page
    shows the text with a space, in bold. One finding for each file, with the number of places.

    Why it matters: behind punctuation and before a letter, asterisks can't end bold text in
    Markdown. Other tools show them as they are.

    Wrong: `**Caution:**Avoid alcohol.`

    Right: `**Caution:** Avoid alcohol.`

    How to fix: write a space behind the asterisks.
    """
    if _MARKER not in page.source.text:
        return
    places = list(unclosed_labels(page.prose, page.body_start))
    if places:
        others = f", like {len(places) - 1} more here" if len(places) > 1 else ""
        message = f"No space follows this bold text{others}; it is shown with one."
        start = places[0] - len(_MARKER)
        yield Problem(page.source.span(start), f"{message}\nWrite the space.", len(_MARKER))
