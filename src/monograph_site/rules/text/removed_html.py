"""removed-html (W211)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("W211", "removed-html")
def removed_html(page: Draft) -> Iterator[Problem]:
    """HTML that could act in a reader's browser, or that no page needs. It is removed, and its text
    kept.

    Why it matters: the page may not look as its author meant it to.

    Wrong: `<span onclick="…">text</span>`

    Right: `**text**`

    How to fix: write it as Markdown. Plain `<sub>`, `<sup>`, `<i>` and the like are kept.
    """
    for line, detail in page.notes("removed-html"):
        yield page.at(
            line,
            f"HTML that could act in a browser was removed, its text kept: {detail!r}.\nWrite it as Markdown.",
        )
