"""missing-question (I110)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I110", "missing-question")
def missing_question(page: Draft) -> Iterator[Problem]:
    """An article that does not state the question it answers, in front matter or as its title.

    Why it matters: a professional looks for a question, and reads its recommendation first.

    Wrong: `title: Examplin and infections`

    Right: the same with `question: Should examplin be paused during an infection?`

    How to fix: state `question`, and with it `recommendation`.
    """
    if (
        page.kind == "article"
        and not page.fields.question
        and not page.title.rstrip().endswith("?")
    ):
        yield page.in_front(
            f"The article {page.title!r} does not state the question it answers.\nState `question`.",
            *(("title",) if "title" in page.front.data else ()),
        )
