"""soft-hyphen (I216)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_SOFT_HYPHEN = "\u00ad"


@rule("I216", "soft-hyphen", fixable=True)
def soft_hyphen(page: Draft) -> Iterator[Problem]:
    """A soft hyphen: a place where a word may be divided, not seen elsewhere. One finding a file,
    with their number.

    Why it matters: a name with one in it is not found by a search, and some programs show it as a
    hyphen.

    Wrong: `Exam\\u00adplin`, as it comes out of a printed leaflet.

    Right: `Examplin`

    How to fix: delete them all; browsers divide words by themselves.
    """
    text = page.source.text
    count = text.count(_SOFT_HYPHEN) if _SOFT_HYPHEN in page.signs else 0
    if count:
        place = page.source.span(text.index(_SOFT_HYPHEN))
        many = (
            f"{count:,} soft hyphens, the first here."
            if count > 1
            else "A soft hyphen, which is not seen."
        )
        yield Problem(place, f"{many}\nDelete {'them' if count > 1 else 'it'}.")
