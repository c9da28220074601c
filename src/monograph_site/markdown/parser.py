"""Markdown to neutral blocks. Only this module and `tokens` know a parser: a faster engine can take
their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .blocks import Block, MarkdownDocument, inline_html, render
from .html import end_comments, escape, safe_url
from .operators import keep_operators
from .reader import Reader

MAX_NESTING = 60
"""Lists and quotes deeper than this are shown as plain text: no monograph needs them, and an attack
lives on them."""
MAX_INLINE = 20_000
"""Characters of one paragraph that are still read for inline markup; the longest in 2,054 real
files has 1,022."""
MAX_MARKS = 2_000
"""Brackets, asterisks, underscores, backticks and angles of one paragraph that are still read for
inline markup."""

# A rule is no nesting, however long: `-----`, `* * *`.
_DEEP = re.compile(
    r"^(?![ \t]*([*-])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))){%d}|^[ \t]{%d}"
    % (MAX_NESTING // 2, MAX_NESTING * 4),
    re.MULTILINE,
)
_MARKS = re.compile(r"[\[\]*_`<&!]")
# What can start inline markup, and bold that no rule of CommonMark could read in another way: it
# opens behind a space and before a letter or digit, and closes behind one, or before a space.
# tests/test_markdown.py compares the two.
_SPECIAL = re.compile(r"[\n!&*<\[\\`_~]")
_BOLD = re.compile(
    r"(?:(?<=^)|(?<=[\s(]))\*\*([^\W_](?:[^\n!&*<\[\\`_~]*?(?:[^\W_](?=\*\*(?:[\s,.;:)?]|$))|[^\w\s*<&!\[\\`~](?=\*\*(?:\s|$))))?)\*\*(?=[\s,.;:)?]|$)"
)
# Block rules that can only match where one of their marks stands somewhere in the text.
_MARKS_OF_RULE = {
    "table": ("|",),
    "blockquote": (">",),
    "html_block": ("<",),
    "reference": ("]:",),
    "fence": ("```", "~~~"),
}


def parse(text: str, first_line: int = 1, link: Callable[[str], str] = str) -> MarkdownDocument:
    """Parse Markdown (CommonMark with tables and strikethrough).

    `first_line` is the line of the file the text starts at; `link` turns a link's address into the
    one to publish.
    """
    text = end_comments(text) if "<" in text else text
    if _DEEP.search(text):
        lines = text.split("\n")
        deep = next(n for n, line in enumerate(lines) if _DEEP.match(line))
        body = Block(
            "code",
            first_line,
            first_line + len(lines) - 1,
            html=f"<pre>{escape(text)}</pre>\n",
            plain=text,
        )
        return MarkdownDocument((body,), (("deep-nesting", first_line + deep, lines[deep][:40]),))
    reader = Reader(first_line, link, lambda code, line: parse(code, line, link))
    needless = tuple(
        rule for rule, marks in _MARKS_OF_RULE.items() if not any(mark in text for mark in marks)
    )
    tokens = _engine(needless).parse(text)
    return MarkdownDocument(tuple(reader.blocks(tokens, 0, len(tokens))), tuple(reader.notes))


class Short(NamedTuple):
    """A short text of its own (an answer, a disclaimer), with no headings but bold lines."""

    html: str
    text: str


def short(text: str, line: int = 1) -> Short:
    """Read a short Markdown text that stands outside a body, `line` being its first line in the
    file."""
    blocks = parse(text, line).blocks
    return Short(render(blocks, _bold_line), "\n".join(block.text for block in blocks))


def _bold_line(heading: Block) -> str:
    return f"<p><strong>{inline_html(heading.runs)}</strong></p>\n"


@cache
def _engine(without: tuple[str, ...]) -> MarkdownIt:
    """The parser, without block rules that have nothing to find: each is asked at every line."""
    engine = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING * 2}).enable(
        ["table", "strikethrough"]
    )
    keep_operators(engine)
    engine.disable(list(without))
    engine.validateLink = safe_url  # type: ignore[method-assign]  # the parser's own way to set the policy
    inline = engine.core.ruler
    inline.at("inline", _bounded_inline)
    return engine


def _bounded_inline(state: object) -> None:
    """Read inline markup, except in paragraphs made to be slow: those become plain text."""
    md: MarkdownIt = state.md  # type: ignore[attr-defined]
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type != "inline":
            continue
        content = token.content
        if _SPECIAL.search(_BOLD.sub("", content) if "*" in content else content) is None:
            token.children = _plain_and_bold(content)
        elif len(content) > MAX_INLINE or (
            len(content) > MAX_MARKS and len(_MARKS.findall(content)) > MAX_MARKS
        ):
            token.children = [Token("text", "", 0, content=content)]
            token.meta = {"long": True}
        else:
            token.children = []
            md.inline.parse(content, md, state.env, token.children)  # type: ignore[attr-defined]


def _plain_and_bold(content: str) -> list[Token]:
    """The tokens of a line that has plain text and unmistakable bold only, as most have."""
    tokens: list[Token] = []
    for at, text in enumerate(_BOLD.split(content)):
        if at % 2:
            tokens += (
                Token("strong_open", "strong", 1),
                Token("text", "", 0, content=text),
                Token("strong_close", "strong", -1),
            )
        elif text:
            tokens.append(Token("text", "", 0, content=text))
    return tokens
