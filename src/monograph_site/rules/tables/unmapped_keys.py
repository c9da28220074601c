"""unmapped-keys (I066)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule

MAX_NAMED = 8
"""Keys that the message names."""


@site_rule("I066", "unmapped-keys")
def unmapped_keys(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Keys of data files, or of typed rows, that have no field. Their values are shown under "Other
    details from the source". One finding a site, with the most frequent keys.

    Why it matters: a column with doses under another name is a detail at the end of the page, and
    is not checked.

    Wrong: a column `Adult dose` that site.yaml does not name.

    Right: `columns: {Adult dose: doses.dose}` in its collection in site.yaml.

    How to fix: say in site.yaml which field each column is, or leave it as a detail.
    """
    counts = Counter(
        key
        for entry in (*context.site.entries, *context.site.intros.values())
        for key in entry.facts.unmapped_keys
    )
    if not counts:
        return
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{key} ({count})" for key, count in ranked[:MAX_NAMED])
    what = "1 key has no field" if len(counts) == 1 else f"{len(counts)} keys have no field"
    yield (
        "",
        Problem(
            Span(),
            f"{what} and {'is' if len(counts) == 1 else 'are'} shown under other details: {named}.\n"
            "Name the fields in `columns` in site.yaml where they have one.",
        ),
    )
