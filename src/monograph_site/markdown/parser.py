"""Markdown to neutral blocks.

Two engines build the same blocks. `pulldown` is fast and covers what monographs are made of;
`reference` covers everything, and reads what `pulldown` hands back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import pulldown
from .blocks import Block, MarkdownDocument, inline_html, render
from .html import end_comments, escape, map_anchors
from .limits import deep_line
from .repairs import repair


def parse(
    text: str,
    first_line: int = 1,
    link: Callable[[str], str] = str,
    *,
    by_reference: bool = False,
) -> MarkdownDocument:
    """Parse Markdown (CommonMark with tables and strikethrough).

    `first_line` is the line of the file the text starts at; `link` turns a link's address into the
    one to publish, and may be asked twice. With `by_reference` the reference engine reads all text;
    the blocks are the same.
    """
    text = repair(end_comments(text) if "<" in text else text)
    deep = deep_line(text)
    if deep is not None:
        return _as_typed(text, first_line, deep)
    document = None if by_reference else pulldown.read(text, first_line, link)
    if document is not None:
        return document
    from . import reference  # few texts need it, and it imports a second engine

    return reference.read(
        text,
        first_line,
        link,
        lambda code, line: parse(code, line, link, by_reference=by_reference),
    )


def _as_typed(text: str, first_line: int, deep: int) -> MarkdownDocument:
    """A text that nests too deeply, as one block of code with a note."""
    lines = text.split("\n")
    last = first_line + len(lines) - 1
    body = Block("code", first_line, last, html=f"<pre>{escape(text)}</pre>\n", plain=text)
    return MarkdownDocument((body,), (("deep-nesting", first_line + deep, lines[deep][:40]),))


class Short(NamedTuple):
    """A short text of its own (an answer, a disclaimer), with no headings but bold lines."""

    html: str
    text: str


def short(text: str, line: int = 1) -> Short:
    """Read a short Markdown text that stands outside a body, `line` being its first line in the
    file."""
    blocks = parse(text, line).blocks
    return Short(
        map_anchors(render(blocks, _bold_line), lambda _: ""),
        "\n".join(block.text for block in blocks),
    )


def _bold_line(heading: Block) -> str:
    return f"<p><strong>{inline_html(heading.runs)}</strong></p>\n"
