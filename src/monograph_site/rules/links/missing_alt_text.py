"""missing-alt-text (W416)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.links import Hyperlink
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_FILE_NAME = regex(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)", re.IGNORECASE)
_MEANINGLESS = frozenset("image picture photo figure graphic img alt screenshot".split())

_DECORATIVE = regex(r"\{[^{}\n]*(?:\.decorative\b|role=[\"']?(?:presentation|none)\b)[^{}\n]*\}")
_DECORATIVE_TAG = regex(
    r"\salt\s*=\s*(?:\"\"|'')|\srole\s*=\s*[\"']?(?:presentation|none)\b", re.IGNORECASE
)
"""An empty alternative text in HTML says that an image is decorative."""


@rule("W416", "missing-alt-text", about=_subjects.links)
def missing_alt_text(page: Draft) -> Iterator[Problem]:
    """Images without alternative text, or with only a file name or the word `image`; one finding
    a file, at the first of them.

    Why it matters: people who cannot see the image miss what it shows (WCAG 2.2, 1.1.1).

    Wrong: `![](blister.png)`

    Right: `![A blister of ten white, round tablets marked E5](blister.png)`

    How to fix: describe in the square brackets what the image shows. Mark an image that shows
    nothing of importance as decorative: `![](line.png){.decorative}`, or `role="presentation"` in
    HTML.
    """
    images = [link for link in page.links if link.kind in ("image", "html-image")]
    faulty = [
        link
        for link in images
        if _is_meaningless(link.text.strip()) and not _is_decorative(page.source.text, link)
    ]
    if not faulty:
        return
    first, text = faulty[0], faulty[0].text.strip()
    problem = f"only the alternative text {text!r}" if text else "no alternative text"
    more = f", like {len(faulty) - 1} more on this page" if len(faulty) > 1 else ""
    message = f"The image {first.target[:80]!r} has {problem}{more}.\nDescribe what it shows."
    yield Problem(page.source.span(first.start), message, first.end - first.start)


def _is_meaningless(text: str) -> bool:
    return not text or bool(_FILE_NAME.fullmatch(text)) or text.casefold() in _MEANINGLESS


def _is_decorative(source: str, link: Hyperlink) -> bool:
    """Whether an image is marked as decorative, or stands in code."""
    if link.kind == "image":
        return _DECORATIVE.match(source, link.end) is not None
    return source[link.start - 1] == "`" or bool(
        _DECORATIVE_TAG.search(source, link.start, link.end)
    )
