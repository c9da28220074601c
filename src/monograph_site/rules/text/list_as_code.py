"""list-as-code (W210)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W210", "list-as-code", fixable=True)
def list_as_code(page: Draft) -> Iterator[Problem]:
    """A list that is indented by four spaces or more, which makes it a code block in Markdown. It
    is shown as a list.

    Why it matters: other tools that read the file show it as program text, in one long line.

    Wrong: `    * 5 mg for adults` below a paragraph.

    Right: `* 5 mg for adults`

    How to fix: take the spaces away, so that the list starts at most three spaces from the margin.
    """
    for line, detail in page.notes("indented-list"):
        yield page.at(
            line,
            f"Four spaces make this list a code block: {detail!r}. It is shown as a list.\nIndent it less.",
        )
