"""unlinked-ingredient (I710)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule


@site_rule("I710", "unlinked-ingredient", optional=True)
def unlinked_ingredient(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Ingredients of a combination or brand have no page on this site. One finding per file;
    `unlinked-ingredients` sums up the whole site.

    Why it matters: readers of the combination cannot look up what is in it.

    Wrong: `Examplin + Samplol` on a site without a page on samplol.

    Right: the same with a file `drugs/samplol.md`.

    How to fix: write the page, or correct the ingredient's name in the title or in `ingredients`.
    """
    for entry in context.site.entries:
        if entry.kind not in ("combination", "brand") or entry.not_a_monograph:
            continue
        ingredients = context.site.related[entry.path].ingredients
        missing = ", ".join(link.title for link in ingredients if not link.url)
        if missing:
            text = f"No page for: {missing}.\nWrite the page, or correct the name."
            yield entry.path, Problem(entry.at("title"), text, len(entry.title))
