"""unclear-link-text (W407)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import words
from .. import rule

_SAYS_NOTHING = frozenset(
    "click here link read more this page info details article website site see learn continue go to the a on for "
    "information".split()
)
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+\W*", re.IGNORECASE)


@rule("W407", "unclear-link-text")
def unclear_link_text(page: Draft) -> Iterator[Problem]:
    """A link whose words do not say where it leads: `here`, `click here`, `read more`, or a bare
    address.

    Why it matters: people who listen to a page go from link to link, and hear only these words
    (WCAG 2.2, 2.4.4 and 2.4.9).

    Wrong: `For the dose in children, click [here](children.md).`

    Right: `See [the dose in children](children.md).`

    How to fix: make the words of the link say what the reader finds there.
    """
    for link in page.links:
        if link.kind not in ("link", "key", "html") or not link.target:
            continue
        said = words(link.text)
        address = _ADDRESS.fullmatch(link.text)
        if address or (said and _SAYS_NOTHING.issuperset(said)):
            what = f"The link says {link.text.strip()!r}, which does not tell where it leads."
            length = link.end - link.start
            yield Problem(
                page.source.span(link.start), f"{what}\nSay what the reader finds there.", length
            )
