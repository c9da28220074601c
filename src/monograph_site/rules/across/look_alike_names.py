"""look-alike-names (W708)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...site.look_alikes import look_alikes
from .. import SiteContext, site_rule
from .._names import entries_by_name, warns_of


@site_rule("W708", "look-alike-names")
def look_alike_names(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two medicines of this site have look-alike names (LASA) for which mix-ups have been reported,
    such as prednisone and prednisolone, and neither page warns of it. The pairs come from the FDA's
    and ISMP's lists of names with tall man letters. One finding per pair, on the first page.

    Why it matters: people have been given the wrong one of the two; a warning at the top makes
    readers check.

    Wrong: pages on vincristine and vinblastine of which neither mentions the other.

    Right: `Not to be confused with vinblastine.` near the top of it.

    How to fix: add such a sentence to both pages.
    """
    entries = entries_by_name(context.site)
    for name in sorted(entries.keys() & look_alikes().keys()):
        published = sorted(look_alikes()[name] & entries.keys())
        others = [
            other
            for other in published
            if other > name
            and not any(warns_of(entry, other) for entry in entries[name])
            and not any(warns_of(entry, name) for entry in entries[other])
        ]
        if others:
            entry = entries[name][0]
            message = (
                f"{entry.title!r} has been mistaken for {', '.join(others)}; neither page warns of "
                f"it.\nAdd a sentence such as: Not to be confused with {others[0]}."
            )
            yield entry.path, Problem(entry.at("title"), message, len(entry.title))
