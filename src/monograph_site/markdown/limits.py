"""How much nesting and inline markup is read: what exceeds it is shown as typed."""

from __future__ import annotations

import re

from ..regex import regex

MAX_NESTING = 60
"""Lists and quotes deeper than this are shown as plain text: no monograph needs them, and an attack
lives on them."""
MAX_INLINE = 20_000
"""Characters of one paragraph that are still read for inline markup; the longest in 2,054 real
files has 1,022."""
MAX_MARKS = 2_000
"""Brackets, asterisks, underscores, backticks and angles of one paragraph that are still read for
inline markup."""

# Begins with a newline, not with `^`: a literal is searched for several times faster. Few lines begin
# with so many characters of marks, which is seen at once. A rule is not nesting, however long:
# `-----`, `* * *`.
_MIN_MARKS = MAX_NESTING // 2
_DEEP = regex(
    rf"\n(?=[ \t>*+\-\d.)]{{{_MIN_MARKS}}})"
    rf"(?:(?=(?:[ \t]*(?:>|(?:[*+-]|\d{{1,9}}[.)])(?=[ \t]))){{{_MIN_MARKS}}})"
    rf"(?![ \t]*([*-])(?:[ \t]*\1)*[ \t]*$)|[ \t]{{{MAX_NESTING * 4}}})",
    re.MULTILINE,
)
_MARKS = regex(r"[\[\]*_`<&!]")


def deep_line(text: str) -> int | None:
    """The first line, counted from zero, that nests too deeply; None where no line does."""
    match = _DEEP.search("\n" + text)
    return match.string.count("\n", 0, match.start()) if match else None


def is_overlong(content: str) -> bool:
    """Whether the text of a paragraph is too long, or has too many marks, to be read for markup."""
    return len(content) > MAX_INLINE or (
        len(content) > MAX_MARKS and len(_MARKS.findall(content)) > MAX_MARKS
    )
