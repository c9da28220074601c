"""The runs and finished HTML that every engine builds in the same way."""

from __future__ import annotations

from collections.abc import Iterable

from .blocks import Block, Run, inline_text
from .html import attribute, escape, leads_away

LINE_BREAK = Run("break", "\n", "\n")
"""A line end of the source inside a paragraph."""
HARD_BREAK = Run("break", "\n", "<br>\n")
"""A line end that the author asked for: two spaces or a backslash before it."""


def code_run(code: str) -> Run:
    """A code span."""
    return Run("code", code, f"<code>{escape(code)}</code>")


def link_run(address: str, text: str, html: str) -> Run:
    """A link to an address that may be published, with its words as text and as HTML."""
    href = attribute(address)
    rel = ' rel="nofollow noopener noreferrer"' if leads_away(href) else ""
    return Run("link", text, f'<a href="{href}"{rel}>{html}</a>')


def code_block(code: str, info: str, first: int, last: int) -> Block:
    """A fenced code block; `info` is what follows its opening fence."""
    html = f"<pre><code>{escape(code)}</code></pre>\n"
    return Block("code", first, last, html=html, plain=f"{info}\n{code}" if info else code)


def rule_block(first: int, last: int) -> Block:
    """A thematic break."""
    return Block("rule", first, last, html="<hr>\n")


def table_block(rows: Iterable[Iterable[tuple[Run, ...]]], first: int, last: int) -> Block:
    """A table of its cells by row, the header first."""
    cells = tuple(tuple(row) for row in rows)
    plain = "\n".join(inline_text(cell) for row in cells for cell in row)
    return Block("table", first, last, plain=plain, rows=cells)
