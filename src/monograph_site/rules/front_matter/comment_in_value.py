"""comment-in-value (W025)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...source.schema_errors import shown
from .. import rule

_COMMENT = re.compile(
    r"^(?:id|slug|title|name|description|generic_name|question|recommendation|disclaimer|ban_reason|company|form|strength"
    r"|pack_size|price):[ \t]+[^\s\"'#>|&*!{\[](?:[^\n#]|(?<=\S)#)*?[ \t](#[^\s#][^\n]*)",
    re.MULTILINE,
)


@rule("W025", "comment-in-value")
def comment_in_value(page: Draft) -> Iterator[Problem]:
    """A number sign in a text of front matter, behind a space: YAML takes it and all behind it for
    a comment.

    Why it matters: half the title or description is missing on the page, and nothing else says so.

    Wrong: `title: Examplin #2 tablets`

    Right: `title: "Examplin #2 tablets"`

    How to fix: put the text in quotes. A comment that is meant as one has a space behind its `#`.
    """
    head = page.source.text[: len(page.source.text) - len(page.front.body)]
    for match in _COMMENT.finditer(head) if " #" in head or "\t#" in head else ():
        words = match.group(1).strip()
        yield page.match(
            match, f"{shown(words)} is read as a comment and left out.\nPut the text in quotes.", 1
        )
