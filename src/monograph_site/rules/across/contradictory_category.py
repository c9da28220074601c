"""contradictory-category (W703)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import apart, quoted

_ADVICE = "Find out which letter holds, for whom and in which country, and correct the other."


@site_rule("W703", "contradictory-category")
def contradictory_category(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two pages of one medicine give different pregnancy category letters. Within one page see
    `pregnancy-categories`.

    Why it matters: the letter is all that many readers remember of the page.

    Wrong: `Examplin is pregnancy category B.` and, on another page, `Examplin is pregnancy category
    D.`

    Right: the same letter on both pages, or `Category D in the last trimester`.

    How to fix: look at the current label, and correct the wrong page.
    """
    for first, last in apart(context.disputes.get("category", ()), lambda said: said.path):
        yield quoted(first, last, _ADVICE)
