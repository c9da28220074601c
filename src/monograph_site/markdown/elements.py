"""The runs and finished HTML that every engine builds in the same way."""

from __future__ import annotations

from .blocks import Block, Run
from .html import attribute, escape, leads_away

LINE_BREAK = Run("break", "\n", "\n")
"""A line end of the source inside a paragraph."""
HARD_BREAK = Run("break", "\n", "<br>\n")
"""A line end that the author asked for: two spaces or a backslash before it."""
TABLE_OPEN = '<div class="table-scroll" role="region" aria-label="Table" tabindex="0">\n<table>\n'
TABLE_CLOSE = "</table>\n</div>\n"
HEADER_CELL_OPEN = '<th scope="col">'


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
