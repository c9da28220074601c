"""What CommonMark shows as raw characters, and whose meaning is certain: slips, and the names that
Obsidian gives to blocks.

`**Caution:**Avoid it.`: the asterisks close no bold text, since a letter follows them.
`[a](two words.md)`: a target with a space in it is no target without angle brackets.
`![a](b.png =100x20)`: CommonMark knows no size of a picture.
A name at the end of a block (`Give 5 mg. ^1a2b3c`) is what links to it lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regex import regex

_CLOSING = regex(r"\*\*(?<=[^\w\s*\\]\*\*)(?=\w)")
"""Asterisks behind punctuation and before a letter: CommonMark lets them open bold text only."""
_OPENING = regex(r"(?:^|(?<=[\s(\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]))\*\*(?=[^\s*])")
CODE_IN_LINE = r"(?<!`)(?P<ticks>`++)[^`\n]++(?:(?!(?P=ticks)(?!`))`++[^`\n]++)*+(?P=ticks)(?!`)"
"""Pattern of code in a line, between one or more backticks."""
CODE = regex(
    r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?:.*?^[ \t>]*+(?P=fence)|.*)|" + CODE_IN_LINE,
    re.MULTILINE | re.DOTALL,
)
"""Code, in blocks and in lines."""
_LABEL_END = ":.!?%)：。！？，、；％）」』】》”"
_ENDS_LABEL = regex(r"\n|\*\*")
MAX_LABEL = 200
"""Characters of bold text that is looked at: longer text is no label."""
_PIECE = r"(?:[^\s()<>\"'#]|\([^()<>\"'\n]*+\))"
SPACED_TARGET = regex(
    rf"(?<=\]\()(?=[^()<>\"'\n]*[ ])(?:{_PIECE}++(?:[ ]{_PIECE}++)++"
    r"(?:(?<=\.[A-Za-z]\w)|(?<=\.\w{3})|(?<=\.\w{4})|(?<=\.markdown))(?:#[^()<>\"'\n]*+)?"
    r"|https?://[^\s()<>\"']++(?:[ ]++[^\s()<>\"']++)++)(?=[ ]*+(?:\"[^\"\n]*+\")?\))"
)
"""The target of a link, without its brackets, with spaces in it: the name of a file with its suffix
and perhaps a heading in it, or an address of the web."""
PICTURE_SIZE = r"[ ]=\d*x\d*"
"""The size that some tools write behind the target of a picture."""
_SIZED = regex(rf"(?<=\.\w{{3}}){PICTURE_SIZE}(?=\))|(?<=\.\w{{4}}){PICTURE_SIZE}(?=\))")
_BLOCK_NAME = regex(
    r"(?:^|(?<=[ \t]))\^((?=[\d-]*[A-Za-z]|\d{6})[A-Za-z0-9-]{3,40})[ \t]*$", re.MULTILINE
)
"""Obsidian's name of a block. A power (`10 ^6`) is shorter."""


def repair(text: str) -> str:
    """The text with these slips corrected; its lines stay where they are, and its code as it is."""
    may_have_slip = (
        ("**" in text and _CLOSING.search(text) is not None)
        or (
            "]" in text  # a single character is found ten times as fast as two
            and "](" in text
            and (" =" in text or SPACED_TARGET.search(text) is not None)
        )
        or ("^" in text and _BLOCK_NAME.search(text) is not None)
    )
    if not may_have_slip:
        return text
    pieces, at = [], 0
    for code in CODE.finditer(text):
        pieces += [_repaired(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*pieces, _repaired(text[at:])))


def _repaired(text: str) -> str:
    text = _SIZED.sub("", text) if " =" in text else text
    text = _BLOCK_NAME.sub(r'<a id="\1"></a>', text)
    return SPACED_TARGET.sub(lambda target: f"<{target[0]}>", _with_spaces(text))


def unclosed_labels(text: str, start: int = 0) -> Iterator[int]:
    """Where a space is missing behind asterisks that should close bold text, from an offset on: the
    line has an opening before them that no others close, and a colon or full stop is inside."""
    counted, marks = start, 0
    for match in _CLOSING.finditer(text, start):
        end = match.start()
        line_break = text.rfind("\n", counted, end)
        if line_break >= 0:
            counted, marks = line_break + 1, 0
        marks += text.count("**", counted, end)
        counted = end
        if marks % 2 == 0 or text[end - 1] not in _LABEL_END:
            continue
        opening = 0
        for opened in _OPENING.finditer(text, max(start, end - MAX_LABEL), end):
            opening = opened.end()
        if opening and not _ENDS_LABEL.search(text, opening, end):
            yield match.end()


def _with_spaces(text: str) -> str:
    pieces, at = [], 0
    for place in unclosed_labels(text):
        pieces += [text[at:place], " "]
        at = place
    return "".join((*pieces, text[at:]))
