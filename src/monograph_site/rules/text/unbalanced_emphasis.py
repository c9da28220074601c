"""unbalanced-emphasis (W229)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_OPENING = regex(r"[*_](?<![\w*\\)\]&%$#@!^~=+/].)(?=[A-Za-z(\[\"“])")
"""One `*` or `_` before a word; in `HLA-B*57:01`, `2*3` and `snake_case` a letter or digit is
before it. The pattern begins with the character, which makes the search fast."""
_FOOTNOTE = regex(r"[\w.)]\*(?![\w*])")
"""An asterisk after a word refers to a note, which then begins with one."""
_IN_ADDRESS = regex(r"://\S{1,300}+$")
_QUOTED = 16
"""Characters by which the place is found in the source."""


@rule("W229", "unbalanced-emphasis", fixable=True, about=_subjects.typed_marks)
def unbalanced_emphasis(page: Draft) -> Iterator[Problem]:
    """An asterisk or underscore before a word opens emphasis that is not closed. It is shown as
    typed. One finding for each paragraph.

    Why it matters: readers take it for a footnote, and look for a note that is not there.

    Wrong: `Take *one tablet a day.`

    Right: `Take *one* tablet a day.`

    How to fix: close the emphasis, or remove the character. If it begins a list item, add the
    missing space: `* one`.
    """
    # What the prose leaves blank, such as an address, is none of an author's emphasis.
    if not page.typed_marks or _OPENING.search(page.prose) is None:
        return
    has_footnotes = _FOOTNOTE.search(page.prose) is not None
    last: Block | None = None
    for block, run in page.typed_marks:
        match = _OPENING.search(run.text)
        if match is None or match.group() in run.text[match.end() :] or block is last:
            continue
        if "://" in run.text and _IN_ADDRESS.search(run.text, 0, match.end()):
            continue
        if match.group() != "*" or not has_footnotes:
            last = block
            words = run.text[match.start() : match.start() + _QUOTED]
            message = f"Unclosed `{match.group()}`.\nClose the emphasis, or remove the character."
            yield page.find(words, message, block.line, block.last)._replace(length=1)
