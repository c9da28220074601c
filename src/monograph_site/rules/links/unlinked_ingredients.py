"""unlinked-ingredients (I414)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule

_MADE = ("combination", "brand")
MOST = 5
"""Names that are given, those missed most often first."""


@site_rule("I414", "unlinked-ingredients")
def unlinked_ingredients(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Combinations and brands name ingredients that have no page of their own. Said once for the
    site.

    Why it matters: a reader of the combination can't read on about the ingredient.

    Wrong: a page `Examplin + Samplol` in a site without a page on samplol.

    Right: a page on each.

    How to fix: write the page, or add the other spelling to the names of the page there is.
    """
    made_of = (
        context.site.related[one.path].ingredients
        for one in context.site.texts
        if one.kind in _MADE
    )
    missing = Counter(link.title for links in made_of for link in links if not link.url)
    if missing:
        names = [
            f"{name} ({n})"
            for name, n in sorted(missing.items(), key=lambda one: (-one[1], one[0]))
        ]
        rest = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        said = f"Ingredients without a page of their own: {', '.join(names[:MOST])}{rest}."
        yield (
            "",
            Problem(
                Span(),
                f"{said}\nWrite the page, or add this spelling to the names of the one there is.",
            ),
        )
