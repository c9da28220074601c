"""missing-question (I110)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule


@rule("I110", "missing-question")
def missing_question(page: Draft) -> Iterator[Problem]:
    """An article does not give the question it answers, in front matter or as its title.

    Why it matters: professionals look for a question, and read its recommendation first.

    Wrong: `title: Examplin and infections`

    Right: the same with `question: Should examplin be paused during an infection?`

    How to fix: add `question`, and with it `recommendation`.
    """
    if page.kind != "article" or page.fields.question or page.title.rstrip().endswith("?"):
        return
    message = f"The article {page.title!r} does not give the question it answers."
    path = ("title",) if "title" in page.front.data else ()
    yield page.in_front(f"{message}\nAdd `question`.", *path)
