"""missing-alt-text (W416)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)", re.IGNORECASE)
_SAYS_NOTHING = frozenset("image picture photo figure graphic img alt screenshot".split())


@rule("W416", "missing-alt-text")
def missing_alt_text(page: Draft) -> Iterator[Problem]:
    """A picture without a description, or with one that is only a file's name or the word `image`.

    Why it matters: people who can't see the picture get nothing of it (WCAG 2.2, 1.1.1); and as
    long as pictures are not published, nobody does.

    Wrong: `![](blister.png)`

    Right: `![A blister of ten white, round tablets marked E5](blister.png)`

    How to fix: say in the square brackets what the picture shows.
    """
    for link in page.links:
        if link.kind == "image":
            said = link.text.strip()
            if not said or _FILE.fullmatch(said) or said.casefold() in _SAYS_NOTHING:
                but = f" but {said!r}" if said else ""
                message = (
                    f"The picture {link.target[:80]!r} has no description{but}.\nSay what it shows."
                )
                yield Problem(page.source.span(link.start), message, link.end - link.start)
