"""uncovered-topics (I108)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("I108", "uncovered-topics")
def uncovered_topics(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many pages on a drug or combination lack which of the sections that an approved page must
    have. Said once.

    An approved page that lacks one has a finding of its own: `missing-section`.

    Why it matters: a reader who finds nothing on pregnancy takes that for "no risk", on every one
    of these pages.

    Wrong: a thousand pages with uses and side effects only.

    Right: pages that speak of contraindications, interactions and pregnancy too, if only to say
    that nothing is known.

    How to fix: begin with what harms most: contraindications, interactions, pregnancy, overdose.
    """
    texts = [one for one in context.site.texts if one.kind in ("drug", "combination")]
    lacking = Counter(
        key for one in texts if one.review.status != "approved" for key in one.facts.lacking.split()
    )
    if lacking:
        most = sorted(lacking.items(), key=lambda one: (-one[1], one[0]))
        said = ", ".join(f"{key.replace('_', ' ')} ({count})" for key, count in most)
        yield (
            "",
            Problem(
                Span(),
                f"Of {len(texts)} pages, some lack sections: {said}.\nWrite them, the gravest first.",
            ),
        )
