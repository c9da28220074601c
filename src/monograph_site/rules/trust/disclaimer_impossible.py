"""disclaimer-impossible (E502)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...config import SETTINGS_FILE
from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("E502", "disclaimer-impossible")
def disclaimer_impossible(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """No disclaimer can be shown: the text has none of its own, and site.yaml gives a blank one for
    its kind and audience.

    Why it matters: readers do not learn that the page cannot replace professional advice.

    Wrong: `disclaimers: [{kind: brand, text: " "}]` in site.yaml, and a brand's page without a
    disclaimer.

    Right: `disclaimers: [{kind: brand, text: Read the leaflet in the pack.}]`

    How to fix: write the disclaimer in site.yaml; remove the entry there to show the general one.
    """
    site = context.site
    without = Counter(
        (entry.kind, entry.audience)
        for entry in site.texts
        if not entry.has_disclaimer and (entry.kind, entry.audience) not in site.disclaimers
    )
    for (kind, audience), count in sorted(without.items()):
        message = (
            f"Blank disclaimer for kind {kind!r} and audience {audience!r}; {count} texts have no "
            "other.\nWrite it in `disclaimers` of site.yaml."
        )
        yield SETTINGS_FILE, Problem(Span(), message)
