"""mixed-scripts (W220)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_CYRILLIC = "\u0400-\u04ff"
_GREEK_TWINS = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03f2\u03f3"
"""Greek letters nobody can tell from Latin ones. The others (α, β, µ) are the names of receptors
and units."""
_FULL_WIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_MIXED = re.compile(
    f"(?:(?<=[A-Za-z])[{_CYRILLIC}{_GREEK_TWINS}]|[{_CYRILLIC}{_GREEK_TWINS}](?=[A-Za-z])|(?<![{_CYRILLIC}\u0370-\u03ff])"
    "[\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456]"
    f"(?![{_CYRILLIC}\u0370-\u03ff])(?=[ .,;:)][A-Za-z])|[{_FULL_WIDTH}]+)"
)
_LIKE_LATIN = re.compile(f"[{_CYRILLIC}{_GREEK_TWINS}{_FULL_WIDTH}]")
_MANY = 20


@rule("W220", "mixed-scripts", fixable=True)
def mixed_scripts(page: Draft) -> Iterator[Problem]:
    """A Cyrillic, Greek or full-width letter in the middle of Latin ones, which looks like one of
    them.

    Why it matters: the word looks right and is another one: a search does not find it, and a dose
    written with such a letter or digit is no dose to a program.

    Wrong: `\\u0410spirin`, whose first letter is the Cyrillic A.

    Right: `Aspirin`

    How to fix: type the word again. Greek letters of names and units (`IFN-α`, `µg`) are not
    reported.
    """
    mixed = any(_LIKE_LATIN.match(sign) for sign in page.signs)
    for number, found in enumerate(_MIXED.finditer(page.source.text) if mixed else ()):
        sign = found.group()[0]
        if number == _MANY:
            yield page.match(
                found, f"{sign!r} and more letters of other scripts follow.\nType the words again."
            )
            return
        name = unicodedata.name(sign, "no name").lower()
        yield page.match(
            found,
            f"{sign!r} is U+{ord(sign):04X} ({name}), among Latin letters.\nType the word again.",
        )
