"""look-alike-names (W708)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from .. import SiteContext, site_rule
from ._names import by_name, is_told_apart, reported


@site_rule("W708", "look-alike-names")
def look_alike_names(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two medicines of this site have names for which mix-ups have been reported (prednisone and
    prednisolone), and the page does not say so. The pairs are those of the FDA's and the ISMP's
    lists of look-alike names. One finding a page.

    Why it matters: people were given the wrong one of the two; a line at the top makes readers look
    twice.

    Wrong: a page on vincristine that does not speak of vinblastine.

    Right: `Not to be confused with vinblastine.` near the top of it.

    How to fix: add such a sentence to both pages.
    """
    names, mistaken = by_name(context.site), reported()
    for name in sorted(names.keys() & mistaken.keys()):
        for entry in names[name]:
            others = [
                one
                for one in sorted(mistaken[name] & names.keys())
                if not is_told_apart(entry, one)
            ]
            if others:
                said = f"{entry.title!r} has been mistaken for {', '.join(others)}, and the page does not say so."
                advice = f"Write: Not to be confused with {others[0]}."
                yield entry.path, Problem(entry.at("title"), f"{said}\n{advice}", len(entry.title))
