"""missing-alt-text (W416)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)", re.IGNORECASE)
_MEANINGLESS = frozenset("image picture photo figure graphic img alt screenshot".split())


@rule("W416", "missing-alt-text")
def missing_alt_text(page: Draft) -> Iterator[Problem]:
    """An image has no alternative text, or only a file name or the word `image`.

    Why it matters: people who cannot see the image miss what it shows (WCAG 2.2, 1.1.1); and as long
    as images are not published, so does everyone.

    Wrong: `![](blister.png)`

    Right: `![A blister of ten white, round tablets marked E5](blister.png)`

    How to fix: describe in the square brackets what the image shows.
    """
    for link in page.links:
        if link.kind != "image":
            continue
        text = link.text.strip()
        if not text or _FILE_NAME.fullmatch(text) or text.casefold() in _MEANINGLESS:
            problem = f"only the alternative text {text!r}" if text else "no alternative text"
            message = f"The image {link.target[:80]!r} has {problem}.\nDescribe what it shows."
            yield Problem(page.source.span(link.start), message, link.end - link.start)
