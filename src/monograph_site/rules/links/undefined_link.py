"""undefined-link (W409)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.links import Hyperlink
from ...model.finding import Problem
from ...model.strings import collapse, fold
from ...model.suggest import did_you_mean
from .. import _subjects, rule

_MAX_SYMBOL = 4
"""Letters of a symbol in brackets, such as a concentration: `[Ca2+][A]`."""


@rule("W409", "undefined-link", about=_subjects.links)
def undefined_link(page: Draft) -> Iterator[Problem]:
    """A reference link (`[text][key]`) whose key the file does not define (`[key]: address`). It is
    shown as typed.

    Why it matters: readers see brackets, and cannot follow the link.

    Wrong: `See [the label][lable].` above `[label]: https://example.org/`

    Right: `See [the label][label].` above the same line.

    How to fix: correct the key, or add the line that defines it.
    """
    defined = {
        fold(collapse(link.text)): link.text for link in page.links if link.kind == "definition"
    }
    for link in page.links:
        if link.kind != "key" or fold(collapse(link.target)) in defined:
            continue
        if link.target[:1].isdigit() or link.target.startswith(("^", "@")):
            continue  # `[1][2]` are two citations
        if _is_notation(page, link):
            continue
        suggestion = did_you_mean(link.target, defined.values())
        hint = suggestion or f"Add a line `[{link.target}]: https://…`."
        message = f"The link key {link.target!r} is not defined, so the link is shown as typed."
        span = page.source.span(link.start)
        yield Problem(span, f"{message}\n{hint}", link.end - link.start)


def _is_notation(page: Draft, link: Hyperlink) -> bool:
    """Whether brackets beside each other are not a link: two symbols (`[D][R]`), or a row of
    brackets."""
    text = page.source.text
    in_row = text[link.start - 1 : link.start] == "]" or text[link.end : link.end + 1] == "["
    return in_row or max(len(link.text), len(link.target)) <= _MAX_SYMBOL
