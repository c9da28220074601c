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
    have. Reported once.

    An approved page that lacks one has a finding of its own: `missing-section`.

    Why it matters: readers who find nothing on pregnancy take that for "no risk", on each of these
    pages.

    Wrong: a thousand pages with uses and side effects only.

    Right: pages that also cover contraindications, interactions and pregnancy, if only to say that
    nothing is known.

    How to fix: begin with what can do most harm: contraindications, interactions, pregnancy,
    overdose.
    """
    texts = [entry for entry in context.site.texts if entry.kind in ("drug", "combination")]
    missing = Counter(
        key
        for entry in texts
        if entry.review.status != "approved"
        for key in entry.facts.missing_sections.split()
    )
    if missing:
        by_count = sorted(missing.items(), key=lambda item: (-item[1], item[0]))
        sections = ", ".join(f"{key.replace('_', ' ')} ({count})" for key, count in by_count)
        text = (
            f"Sections missing on some of {len(texts)} pages: {sections}."
            "\nAdd the most important first."
        )
        yield "", Problem(Span(), text)
