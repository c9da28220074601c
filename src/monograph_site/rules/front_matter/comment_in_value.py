"""comment-in-value (W025)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from ...source.schema_errors import describe_value
from .. import rule

_COMMENT = regex(
    r"^(?:id|slug|title|name|description|generic_name|question|recommendation|disclaimer|ban_reason"
    r"|company|form|strength|pack_size|price):[ \t]+[^\s\"'#>|&*!{\[](?:[^\n#]|(?<=\S)#)*?[ \t]"
    r"(#[^\s#][^\n]*)",
    re.MULTILINE,
)


@rule("W025", "comment-in-value")
def comment_in_value(page: Draft) -> Iterator[Problem]:
    """A `#` after a space in a front matter value: YAML treats the rest of the line as a comment.

    Why it matters: half the title or description is missing on the page, and nothing else reports
    it.

    Wrong: `title: Examplin #2 tablets`

    Right: `title: "Examplin #2 tablets"`

    How to fix: put the text in quotes. An intended comment has a space after its `#`.
    """
    front = page.source.text[: page.body_start]
    has_comment = "#" in front and (" #" in front or "\t#" in front)
    for match in _COMMENT.finditer(front) if has_comment else ():
        words = match.group(1).strip()
        text = (
            f"{describe_value(words)} is read as a comment and left out.\nPut the text in quotes."
        )
        yield page.match(match, text, 1)
