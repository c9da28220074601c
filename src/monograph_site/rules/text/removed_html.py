"""removed-html (W211)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule


@rule("W211", "removed-html", about=_subjects.notes)
def removed_html(page: Draft) -> Iterator[Problem]:
    """HTML that could run in a reader's browser, or that no page needs. It is removed, but its text
    is kept.

    Why it matters: the page may not look as its author intended.

    Wrong: `<span onclick="…">text</span>`

    Right: `**text**`

    How to fix: write it as Markdown. Plain `<sub>`, `<sup>`, `<i>` and the like are kept.
    """
    for line, detail in page.notes("removed-html"):
        message = f"Unsafe or unnecessary HTML was removed and its text kept: {detail!r}."
        yield page.at(line, f"{message}\nWrite it as Markdown.")
