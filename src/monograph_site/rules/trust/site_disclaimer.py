"""site-disclaimer (I512)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("I512", "site-disclaimer")
def site_disclaimer(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts have no disclaimer of their own and show the site's. Said once for the site.

    Why it matters: site policy speaks for them, so look at it: `disclaimers` in site.yaml.

    Wrong: a text without a disclaimer where the site has none either.

    Right: a disclaimer in site.yaml for each kind and audience.

    How to fix: nothing need be done while the site's disclaimer is right for these texts.
    """
    texts = context.site.texts
    without = sum(
        not one.has_disclaimer and (one.kind, one.audience) in context.site.disclaimers
        for one in texts
    )
    if without:
        said = (
            f"{without} of {len(texts)} texts have no disclaimer of their own and show the site's."
        )
        yield (
            "",
            Problem(
                Span(), f"{said}\nSee that `disclaimers` in site.yaml says what is right for them."
            ),
        )
