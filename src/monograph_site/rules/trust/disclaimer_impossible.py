"""disclaimer-impossible (E502)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...config import FILE
from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("E502", "disclaimer-impossible")
def disclaimer_impossible(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """No disclaimer can be shown: the text has none of its own, and site.yaml gives its kind and
    audience a blank one.

    Why it matters: nothing tells readers that the page does not replace the advice of a
    professional.

    Wrong: `disclaimers: [{kind: brand, text: " "}]` in site.yaml, and a brand's page without a
    disclaimer.

    Right: `disclaimers: [{kind: brand, text: Read the leaflet in the pack.}]`

    How to fix: write the disclaimer in site.yaml; remove the entry there to show the general one.
    """
    site = context.site
    without = ((one.kind, one.audience) for one in site.texts if not one.has_disclaimer)
    bare = Counter(pair for pair in without if pair not in site.disclaimers)
    for (kind, audience), count in sorted(bare.items()):
        said = f"The disclaimer for kind {kind!r} and audience {audience!r} is blank; {count} texts have no other."
        yield FILE, Problem(Span(), f"{said}\nWrite it in `disclaimers` of site.yaml.")
