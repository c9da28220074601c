"""Where a block of raw HTML ends and Markdown begins.

CommonMark ends a block of HTML at the next blank line. kramdown (Jekyll) and Python-Markdown
(MkDocs) also end it behind the element that it began with, and read Markdown inside an element
with the attribute `markdown`. Authors write for the tool they have, so both are read here.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from ..regex import regex
from .html import VOID_TAGS

_UNTIL_BLANK_LINE = regex(r"</?(?!(?:script|pre|style|textarea)\b)[A-Za-z]", re.IGNORECASE)
_TAG = regex(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+>")
_MARKDOWN_INSIDE = regex(
    r"<[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*?\smarkdown"
    r"(?:\s*=\s*(?:\"(?:1|block|span)\"|'(?:1|block|span)'|1|block|span))?"
    r"(?:\s(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)?>\s*\Z"
)
_MARKDOWN_IN_LINE = regex(
    r"[ \t]*<(?P<tag>p|div|span|figcaption|center)\b(?=[^<>]*\smarkdown\b)"
    r"(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>(?P<text>.+)</(?P=tag)>[ \t]*"
)
"""A line with an element that has its Markdown in the same line."""


def end_html_early(engine: MarkdownIt) -> None:
    """Make a parser end blocks of HTML where these tools do."""
    engine.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _html_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    if not html_block(state, first, end, silent):
        return False
    if silent:
        return True
    token = state.tokens[-1]
    lines = token.content.split("\n")
    if "markdown" in lines[0] and (element := _MARKDOWN_IN_LINE.fullmatch(lines[0])):
        state.tokens.pop()
        state.line = first + 1
        _push_paragraph(state, element["text"].strip(), first)
        return True
    if len(lines) > 1 and _UNTIL_BLANK_LINE.match(lines[0].lstrip()):
        count = _lines_of_html(lines)
        if count < state.line - first:
            state.line = first + count
            token.map = [first, state.line]
            token.content = state.getLines(first, state.line, state.blkIndent, True)
    return True


def _push_paragraph(state: StateBlock, text: str, line: int) -> None:
    place = [line, line + 1]
    state.push("paragraph_open", "p", 1).map = place
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, place, []
    state.push("paragraph_close", "p", -1)


def _lines_of_html(lines: list[str]) -> int:
    """How many of these lines are HTML: to the first that opens an element for Markdown, or that
    closes all it opened where the next line is no tag."""
    depth = 0
    for number, line in enumerate(lines, 1):
        if _MARKDOWN_INSIDE.search(line):
            return number
        tags = _TAG.findall(line)
        for closing, name in tags:
            if name.lower() not in VOID_TAGS:
                depth += -1 if closing else 1
        is_next_text = number < len(lines) and not lines[number].lstrip().startswith("<")
        if tags and depth <= 0 and is_next_text and line.rstrip().endswith(">"):
            return number
    return len(lines)
