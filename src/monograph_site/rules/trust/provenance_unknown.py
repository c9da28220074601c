"""provenance-unknown (I503)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from .. import SiteContext, site_rule


@site_rule("I503", "provenance-unknown")
def provenance_unknown(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """How many texts do not say where they come from: whether a person, a machine or a crowd wrote
    them. Said once.

    Why it matters: readers trust a pharmacist's text more than a machine's, and must be told which
    they read.

    Wrong: a file without `provenance`, in a site whose site.yaml has none either.

    Right: `provenance: {origin: ai_generated, tool: A language model}` in the file, or in site.yaml
    for all of them.

    How to fix: state `provenance` in site.yaml, for the site or for a collection, where it is the
    same for many files.
    """
    texts = context.site.texts
    unknown = sum(one.origin == "imported" for one in texts)
    if unknown:
        said = f"{unknown} of {len(texts)} texts do not say who or what wrote them."
        yield "", Problem(Span(), f"{said}\nState `provenance` in the files, or in site.yaml.")
