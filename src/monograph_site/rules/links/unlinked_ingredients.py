"""unlinked-ingredients (I414)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule

MAX_NAMED = 5
"""Ingredients that the message names, the most frequent first."""


@site_rule("I414", "unlinked-ingredients")
def unlinked_ingredients(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Combinations and brands name ingredients that have no page of their own. Reported once for
    the site.

    Why it matters: readers of the combination cannot read on about the ingredient.

    Wrong: a page `Examplin + Samplol` in a site without a page on samplol.

    Right: a page on each.

    How to fix: write the page, or add the other spelling to the names of an existing page.
    """
    missing = Counter(
        link.title
        for entry in context.site.texts
        if entry.kind in ("combination", "brand")
        for link in context.site.related[entry.path].ingredients
        if not link.url
    )
    if missing:
        by_count = sorted(missing.items(), key=lambda item: (-item[1], item[0]))
        names = ", ".join(f"{name} ({count})" for name, count in by_count[:MAX_NAMED])
        others = len(missing) - MAX_NAMED
        more = f" and {others} more" if others > 0 else ""
        text = (
            f"Ingredients without a page of their own: {names}{more}."
            "\nWrite the page, or add this spelling to the names of an existing one."
        )
        yield "", Problem(Span(), text)
