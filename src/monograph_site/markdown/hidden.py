"""Remarks that authors hide from readers in the ways of other tools: Obsidian's `%%…%%`, comments of
template languages. HTML comments are left to the Markdown engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..regex import regex

_OPENING = regex(
    r"^[ \t>]*+(?P<fence>`{3,}|~{3,})|(?P<ticks>`+)|^[ \t]*(?P<block>%%)[ \t]*$|(?P<inline>%%)(?!%)"
    r"|(?P<liquid>\{%-?[ \t]*comment[ \t]*-?%\})|(?P<jinja>\{#(?=\s))"
    r"|(?P<kramdown>\{::comment\})|(?P<critic>\{>>)"
    r"|(?P<hugo>\{\{[<%]?-?[ \t]*/\*)|^(?P<mdx>\{/\*)",
    re.MULTILINE,
)
_CLOSINGS = {
    "block": regex(r"^[ \t]*%%[ \t]*$", re.MULTILINE),
    "inline": regex(r"%%|\n[ \t]*\n"),
    "liquid": regex(r"\{%-?[ \t]*endcomment[ \t]*-?%\}"),
    "jinja": regex(r"#\}"),
    "kramdown": regex(r"\{:/(?:comment)?\}"),
    "critic": regex(r"<<\}"),
    "hugo": regex(r"\*/[ \t]*+(?:-[ \t]*+)?[%>]?\}\}"),
    "mdx": regex(r"\*/\}"),
}
"""What ends each way of hiding. Obsidian's `%%` inside a paragraph hides no more than it."""
_HINTS = ("{%", "{#", "{{", "{/*", "{::", "{>>")
"""Without any of these, and without `%%`, a text has no hidden remark."""


def remove_hidden(text: str) -> str:
    """Markdown without its hidden remarks; every line keeps its number."""
    return _without(text, lambda remark: "\n" * remark.count("\n"))


def blank_hidden(text: str) -> str:
    """Markdown with blanks in place of its hidden remarks; every character keeps its place."""
    return _without(text, lambda remark: re.sub(r"[^\n]", " ", remark))


def _without(text: str, replacement: Callable[[str], str]) -> str:
    # A single character is found ten times as fast as two.
    may_hide = ("%" in text and "%%" in text) or (
        "{" in text and any(hint in text for hint in _HINTS)
    )
    if not may_hide:
        return text
    pieces, at = [], 0
    for start, end in _remarks(text):
        pieces += [text[at:start], replacement(text[start:end])]
        at = end
    return "".join((*pieces, text[at:]))


def _remarks(text: str) -> Iterator[tuple[int, int]]:
    """Where hidden remarks start and end. Code is passed over: what is in it is shown as it is."""
    at = 0
    without_end: set[str] = set()
    while opening := _OPENING.search(text, at):
        kind, at = str(opening.lastgroup), opening.end()
        if kind == "fence":
            at = _end_of_fence(text, opening["fence"], at)
        elif kind == "ticks":
            at = _end_of_code(text, opening["ticks"], at)
        elif kind not in without_end:
            closing = _CLOSINGS[kind].search(text, at)
            if closing is None:
                without_end.add(kind)
            elif closing.group().strip():
                yield opening.start(), closing.end()
                at = closing.end()


def _end_of_fence(text: str, fence: str, at: int) -> int:
    """Where a block of code ends: at the end of the text where nothing closes it."""
    pattern = rf"^[ \t>]*+{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$"
    closing = re.compile(pattern, re.MULTILINE).search(text, at)
    return closing.end() if closing else len(text)


def _end_of_code(text: str, ticks: str, at: int) -> int:
    """Where code in a paragraph ends; behind its opening where nothing closes it there."""
    limit = text.find("\n\n", at)
    closing = re.compile(f"(?<!`){ticks}(?!`)").search(text, at, limit if limit >= 0 else len(text))
    return closing.end() if closing else at
