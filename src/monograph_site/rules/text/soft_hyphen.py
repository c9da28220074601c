"""soft-hyphen (I216)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import _subjects, rule

_SOFT_HYPHEN = "\u00ad"


@rule("I216", "soft-hyphen", fixable=True, about=_subjects.non_ascii)
def soft_hyphen(page: Draft) -> Iterator[Problem]:
    """A soft hyphen: an invisible character where a word may be divided. One finding per file, with
    their number.

    Why it matters: a search does not find a name with one in it, and some programs show it as a
    hyphen.

    Wrong: `Exam\\u00adplin`, as copied from a printed leaflet.

    Right: `Examplin`

    How to fix: delete them all; browsers hyphenate words by themselves.
    """
    text = page.source.text
    count = text.count(_SOFT_HYPHEN) if _SOFT_HYPHEN in page.non_ascii else 0
    if count:
        message = f"{count:,} soft hyphens, the first here." if count > 1 else "Soft hyphen."
        span = page.source.span(text.index(_SOFT_HYPHEN))
        yield Problem(span, f"{message}\nDelete {'them' if count > 1 else 'it'}.")
