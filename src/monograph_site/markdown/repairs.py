"""Slips that CommonMark shows as raw characters, and whose meaning is certain.

`**Caution:**Avoid it.`: the asterisks close no bold text, since a letter follows them. And
`[a](two words.md)`: a target with a space in it is no target without angle brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSING = re.compile(r"\*\*(?<=[^\w\s*\\]\*\*)(?=\w)")
"""Asterisks behind punctuation and before a letter: CommonMark lets them open bold text only."""
_OPENING = re.compile(r"(?:^|(?<=[\s(]))\*\*(?=[^\s*])")
_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?:.*?^ {0,3}(?P=fence)|.*)|(?<!`)`[^`\n]+`",
    re.MULTILINE | re.DOTALL,
)
_LABEL_END = ":.!?"
SPACED_TARGET = re.compile(
    r"(?<=\]\()(?:[^\s()<>\"']+[ ])+[^\s()<>\"']*\.[A-Za-z0-9]{2,8}(?:#[^\s()<>\"']*)?(?=\))"
)
"""The target of a link, without its brackets, that is the name of a file with spaces in it."""


def repair(text: str) -> str:
    """The text with these slips corrected; its lines stay where they are, and its code as it is."""
    has_slip = ("**" in text and _CLOSING.search(text)) or (
        "](" in text and SPACED_TARGET.search(text)
    )
    if not has_slip:
        return text
    pieces, at = [], 0
    for code in _CODE.finditer(text):
        pieces += [_repaired(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*pieces, _repaired(text[at:])))


def _repaired(text: str) -> str:
    return SPACED_TARGET.sub(lambda target: f"<{target[0]}>", _with_spaces(text))


def unclosed_labels(text: str, start: int = 0) -> Iterator[int]:
    """Where a space is missing behind asterisks that should close bold text, from an offset on: the
    line has an opening before them that no others close, and a colon or full stop is inside."""
    for match in _CLOSING.finditer(text, start):
        line_start = text.rfind("\n", start, match.start()) + 1
        before = text[max(line_start, start) : match.start()]
        openings = list(_OPENING.finditer(before))
        is_certain = (
            before[-1:] in _LABEL_END
            and openings
            and before.count("**") % 2 == 1
            and "**" not in before[openings[-1].end() :]
        )
        if is_certain:
            yield match.end()


def _with_spaces(text: str) -> str:
    pieces, at = [], 0
    for place in unclosed_labels(text):
        pieces += [text[at:place], " "]
        at = place
    return "".join((*pieces, text[at:]))
