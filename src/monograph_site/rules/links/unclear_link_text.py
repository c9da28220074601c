"""unclear-link-text (W407)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import words
from .. import _subjects, rule

_MEANINGLESS = frozenset(
    "click here link read more this page info details article website site see learn continue go "
    "to the a on for information".split()
)


@rule("W407", "unclear-link-text", languages=("en",), about=_subjects.links)
def unclear_link_text(page: Draft) -> Iterator[Problem]:
    """A link's text does not say where the link goes: `here`, `click here`, `read more`. A bare
    address does.

    Why it matters: people who use a screen reader go from link to link, and hear only this text
    (WCAG 2.2, 2.4.4 and 2.4.9).

    Wrong: `For the dose in children, click [here](children.md).`

    Right: `See [the dose in children](children.md).`

    How to fix: make the link text say what readers find there.
    """
    for link in page.links:
        if link.kind not in ("link", "key", "html") or not link.target:
            continue
        text_words = words(link.text)
        is_meaningless = text_words and _MEANINGLESS.issuperset(text_words)
        if is_meaningless:
            message = f"The link text {link.text.strip()!r} does not say where the link leads."
            hint = "Say what readers find there."
            span = page.source.span(link.start)
            yield Problem(span, f"{message}\n{hint}", link.end - link.start)
