"""list-as-code (W210)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W210", "list-as-code", fixable=True, about=_subjects.notes)
def list_as_code(page: Draft) -> Iterator[Problem]:
    """A list is indented by four spaces or more, which makes it a code block in Markdown. It is
    shown as a list.

    Why it matters: other tools that read the file show it as program code, in one long line.

    Wrong: `    * 5 mg for adults` below a paragraph.

    Right: `* 5 mg for adults`

    How to fix: indent the list by at most three spaces.
    """
    for line, detail in page.notes("indented-list"):
        message = f"This list is indented like a code block, but shown as a list: {detail!r}."
        yield page.at(line, f"{message}\nIndent it by at most three spaces.")
