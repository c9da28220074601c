"""What of a source is prose: the words readers meet, at the places where they stand."""

from __future__ import annotations

import re

from .frontmatter import FrontMatter

_TEXTS = frozenset("description recommendation question disclaimer alerts ban_reason".split())
"""Front matter that readers meet as text. Questions are not among them: the body repeats them, or they are its body."""
_NO_PROSE = re.compile(
    r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>\n]*>|<?\bhttps?://[^\s)>\]]+>?|(?<=\])\([^()\n]*\)|`[^`\n]+`|^\[[^\]\n]+\]:[^\n]*$",
    re.DOTALL | re.MULTILINE,
)
_SIGNS = ("<", "](", "`", "://", "]:")


def prose(text: str, front: FrontMatter) -> str:
    """The text, as long as it is, with blanks in the place of all that is no prose; line ends stay in the body."""
    start = len(text) - len(front.body)
    body = front.body
    if any(sign in body for sign in _SIGNS):
        body = _NO_PROSE.sub(_blank, body)
    if not start:
        return body
    return _front(text[:start], front) + body


def _front(head: str, front: FrontMatter) -> str:
    """The front matter with everything blank but the texts."""
    document = front.document
    if document is None or document.root is None or not _TEXTS & front.data.keys():
        return " " * len(head)
    made, at = [], 0
    for key, value in document.root.value:
        if key.value in _TEXTS:
            first, last = (document.offset + mark.index for mark in (value.start_mark, value.end_mark))
            made += [" " * (first - at), head[first:last]]
            at = last
    return "".join(made) + " " * (len(head) - at)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group()) if "\n" in match.group() else " " * len(match.group())
