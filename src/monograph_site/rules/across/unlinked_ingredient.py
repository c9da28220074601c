"""unlinked-ingredient (I710)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule


@site_rule("I710", "unlinked-ingredient", optional=True)
def unlinked_ingredient(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Ingredients of a combination or brand that have no page on this site. One finding a file;
    `unlinked-ingredients` sums up the whole site.

    Why it matters: the reader of the combination can't look up what is in it.

    Wrong: `Examplin + Samplol` on a site without a page on samplol.

    Right: the same with a file `drugs/samplol.md`.

    How to fix: write the page, or correct the ingredient's name in the title or in `ingredients`.
    """
    for entry in context.site.entries:
        if entry.kind not in ("combination", "brand") or entry.not_a_monograph:
            continue
        missing = [one.title for one in context.site.related[entry.path].ingredients if not one.url]
        if missing:
            said = (
                f"No page of their own have: {', '.join(missing)}."
                if len(missing) > 1
                else f"{missing[0]!r} has no page."
            )
            yield (
                entry.path,
                Problem(
                    entry.at("title"), f"{said}\nWrite it, or correct the name.", len(entry.title)
                ),
            )
