"""invisible-character (W214)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_INVISIBLE = re.compile(
    "[\u200b\u2060-\u2064\u034f\u115f\u1160\u17b4\u17b5\u180e\u206a-\u206f\u3164\uffa0\U000e0000-\U000e007f]"
    "|(?<![\u0300-\U0010ffff])[\u200c\u200d]|[\u200e\u200f\u061c]"
)
_MARKS = "\u200e\u200f\u061c"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u05ff\u0600-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MANY = 20


@rule("W214", "invisible-character", fixable=True)
def invisible_character(page: Draft) -> Iterator[Problem]:
    """A character without width or ink: zero-width space, joiner, direction mark, filler, tag. Each
    place is reported.

    Why it matters: the word around it is not found by a search, neither on the page nor in the
    site's index, and a program that reads the text takes it for another word.

    Wrong: `Exam\\u200bplin`, with a zero-width space in the middle.

    Right: `Examplin`

    How to fix: delete the character. Joiners within scripts that need them, and direction marks
    beside Hebrew or Arabic, are not reported.
    """
    text = page.source.text
    if not any(_INVISIBLE.match(sign) for sign in page.signs):
        return
    places = [
        found
        for found in _INVISIBLE.finditer(text)
        if found.group() not in _MARKS or not _turns(text)
    ]
    for found in places[:_MANY]:
        sign = found.group()
        name = unicodedata.name(sign, "no name").lower()
        yield page.match(found, f"U+{ord(sign):04X} ({name}) is not seen.\nDelete it.")
    if len(places) > _MANY:
        text = (
            f"{len(places) - _MANY} more characters that are not seen, from here on.\nDelete them."
        )
        yield page.match(places[_MANY], text)


def _turns(text: str) -> bool:
    """Whether the text has letters of a script that is written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None
