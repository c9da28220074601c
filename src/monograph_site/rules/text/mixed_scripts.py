"""mixed-scripts (W220)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_CYRILLIC = "\u0400-\u04ff"
_GREEK_HOMOGLYPHS = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03bf\u03f2\u03f3"
)
"""Greek letters that look like Latin ones. Others (α, β, µ) appear in names of receptors and in
units."""
_CYRILLIC_HOMOGLYPHS = (
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456"
)
_FULL_WIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_HOMOGLYPH = regex(
    f"(?:(?<=[A-Za-z])[{_CYRILLIC}{_GREEK_HOMOGLYPHS}]"
    f"|[{_CYRILLIC}{_GREEK_HOMOGLYPHS}](?=[A-Za-z])"
    f"|(?<![{_CYRILLIC}\u0370-\u03ff])[{_CYRILLIC_HOMOGLYPHS}]"
    f"(?![{_CYRILLIC}\u0370-\u03ff])(?=[ .,;:)][A-Za-z])"
    f"|[{_FULL_WIDTH}]+)"
)
_CANDIDATE = regex(f"[{_CYRILLIC}{_GREEK_HOMOGLYPHS}{_FULL_WIDTH}]")
MAX_LISTED = 20
"""Characters of one file that are reported individually."""


@rule("W220", "mixed-scripts", fixable=True, about=_subjects.non_ascii)
def mixed_scripts(page: Draft) -> Iterator[Problem]:
    """A homoglyph: a Cyrillic, Greek or full-width letter among Latin ones that looks like one of
    them.

    Why it matters: the word looks right but is another one: a search does not find it, and a
    program does not recognise a dose that is written with such a letter or digit.

    Wrong: `\\u0410spirin`, whose first letter is the Cyrillic A.

    Right: `Aspirin`

    How to fix: type the word again. Greek letters of names and units (`IFN-α`, `µg`) are not
    reported.
    """
    if not any(_CANDIDATE.match(character) for character in page.non_ascii):
        return
    matches = _HOMOGLYPH.finditer(page.source.text)
    for match in islice(matches, MAX_LISTED):
        character = match.group()[0]
        name = unicodedata.name(character, "no name").lower()
        message = f"Homoglyph {character!r}, U+{ord(character):04X} ({name}), among Latin letters."
        yield page.match(match, f"{message}\nType the word again.")
    for match in islice(matches, 1):
        message = f"More homoglyphs from here on, the first {match.group()[0]!r}."
        yield page.match(match, f"{message}\nType the words again.")
