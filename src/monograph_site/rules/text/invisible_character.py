"""invisible-character (W214)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_INVISIBLE = regex(
    "[\u200b\u2060-\u2064\u034f\u115f\u1160\u17b4\u17b5\u180e\u206a-\u206f\u3164\uffa0"
    "\U000e0000-\U000e007f]|(?<![\u0300-\U0010ffff])[\u200c\u200d]|[\u200e\u200f\u061c]"
)
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_CHARACTERS = frozenset(
    "\u200b\u2060\u2061\u2062\u2063\u2064\u034f\u115f\u1160\u17b4\u17b5\u180e\u206a\u206b\u206c\u206d"
    "\u206e\u206f\u3164\uffa0\u200c\u200d\u200e\u200f\u061c"
).union(map(chr, range(0xE0000, 0xE0080)))
"""What `_INVISIBLE` finds: such a pattern takes long to compile, and few pages have one of these."""
_RIGHT_TO_LEFT = regex("[\u0590-\u05ff\u0600-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
MAX_LISTED = 20
"""Characters of one file that are reported individually."""


@rule("W214", "invisible-character", fixable=True, about=_subjects.non_ascii)
def invisible_character(page: Draft) -> Iterator[Problem]:
    """A character without width or ink: zero-width space, joiner, direction mark, filler, tag. Each
    place is reported.

    Why it matters: a search does not find the word around it, neither on the page nor in the site's
    index, and a program that reads the text takes it for another word.

    Wrong: `Exam\\u200bplin`, with a zero-width space in the middle.

    Right: `Examplin`

    How to fix: delete the character. Joiners in scripts that need them, and direction marks near
    Hebrew or Arabic, are not reported.
    """
    if page.non_ascii.isdisjoint(_CHARACTERS):
        return
    text = page.source.text
    matches = list(_INVISIBLE.finditer(text))
    if _RIGHT_TO_LEFT.search(text):
        matches = [match for match in matches if match.group() not in _DIRECTION_MARKS]
    for match in matches[:MAX_LISTED]:
        character = match.group()
        name = unicodedata.name(character, "no name").lower()
        message = f"Invisible character U+{ord(character):04X} ({name})."
        yield page.match(match, f"{message}\nDelete it.")
    if len(matches) > MAX_LISTED:
        message = f"{len(matches) - MAX_LISTED} more invisible characters from here on."
        yield page.match(matches[MAX_LISTED], f"{message}\nDelete them.")
