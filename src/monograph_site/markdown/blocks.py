"""Neutral blocks: what a document is made of, whatever parser read it, and their HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from ..regex import regex
from .html import TABLE_END, TABLE_START, escape

_NAME = regex(r"<([a-z]+)")


class Run(Struct, frozen=True, gc=False):
    """A stretch of inline text of one kind."""

    kind: str
    """`text`, `strong`, `em`, `break` (line end), `code`, `link`, `image` (its words), `raw` (HTML
    of the source), or the name of any other inline element."""
    text: str
    html: str


class Block(Struct, frozen=True, gc=False):
    """One block of a document. Which fields are filled depends on `kind`."""

    kind: str
    """`heading`, `paragraph`, `list`, `item`, `quote`, `code`, `table`, `html`, `rule`, `element`
    (any other HTML element around runs or blocks)."""
    line: int
    """First line, one-based, counted in the whole file."""
    last: int
    level: int = 0
    """Heading level 1-6; 1 for a paragraph of a tight list; for a list its first number, -1 for
    bullets."""
    runs: tuple[Run, ...] = ()
    """Inline content of a heading or paragraph."""
    children: tuple[Block, ...] = ()
    """Items of a list, blocks of an item or quote."""
    html: str = ""
    """Finished HTML of code, html and rule; the opening tag of an element; the id that a heading
    asks for."""
    plain: str = ""
    """Plain text of the same, and of a table; the audience that a heading with words names."""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    """The cells of a table by row; the first row is its header."""

    @property
    def text(self) -> str:
        """Plain text: inline runs joined, blocks separated by newlines."""
        block = self
        while True:  # a page asks for hundreds of texts
            runs = block.runs
            if len(runs) == 1:  # as most have
                return runs[0].text
            if runs:
                return "".join([run.text for run in runs])
            if block.plain:
                return block.plain
            children = block.children
            if len(children) != 1:
                return "\n".join([child.text for child in children])
            block = children[0]  # as most items have


class MarkdownDocument(NamedTuple):
    """The blocks of a text and what had to be done to contain it."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, int, str], ...]
    """(what, line, detail): `removed-html`, `deep-nesting`, `long-paragraph`, `indented-list`,
    `image`, `query`."""
    may_have_typed_marks: bool = True
    """Whether an asterisk or underscore may be shown as it was typed; most texts show none."""


def render(blocks: Iterable[Block], heading: Callable[[Block], str]) -> str:
    """Blocks as HTML; `heading` renders headings (it knows levels and anchors)."""
    return "".join([_render(block, heading) for block in blocks])


def inline_html(runs: Sequence[Run]) -> str:
    """Inline runs as HTML."""
    return runs[0].html if len(runs) == 1 else "".join([run.html for run in runs])


def inline_text(runs: Sequence[Run]) -> str:
    """Inline runs as plain text."""
    # A list is joined in two thirds of the time of a generator, and most texts are one run.
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


def element(
    name: str,
    first: int,
    last: int,
    *,
    css: str = "",
    runs: Sequence[Run] = (),
    children: tuple[Block, ...] = (),
    state: str = "",
) -> Block:
    """A block that is an HTML element around runs or blocks, with a class and a state (` open`)."""
    opening = f'<{name} class="{css}"{state}>' if css else f"<{name}{state}>"
    return Block("element", first, last, 0, tuple(runs), children, opening)


def text_run(text: str) -> Run:
    """A run of plain text."""
    return Run("text", text, escape(text))


def trim(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs without line breaks and white space at either end."""
    if not runs:
        return ()
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and first.kind == "text":  # as most are
        text = first.text.strip()
        if not text:
            return ()
        return tuple(runs) if len(text) == len(first.text) else (text_run(text),)
    if (first.text[:1].strip() if first.kind == "text" else first.kind != "break") and (
        last.text[-1:].strip() if last.kind == "text" else last.kind != "break"
    ):
        return tuple(runs)  # as most others are
    kept = list(runs)
    while kept and not kept[0].text.strip() and kept[0].kind in ("text", "break"):
        kept.pop(0)
    while kept and not kept[-1].text.strip() and kept[-1].kind in ("text", "break"):
        kept.pop()
    if kept and kept[0].kind == "text":
        kept[0] = text_run(kept[0].text.lstrip())
    if kept and kept[-1].kind == "text" and kept[-1].text[-1].isspace():
        kept[-1] = text_run(kept[-1].text.rstrip())
    return tuple(kept)


def _render(block: Block, heading: Callable[[Block], str]) -> str:
    match block.kind:
        case "paragraph":
            body = inline_html(block.runs)
            return body + "\n" if block.level else f"<p>{body}</p>\n"
        case "list":
            tag = "ul" if block.level < 0 else "ol"
            start = f' start="{block.level}"' if block.level > 1 or block.level == 0 else ""
            return f"<{tag}{start}>\n{render(block.children, heading)}</{tag}>\n"
        case "item":
            children = block.children
            if len(children) == 1 and children[0].kind == "paragraph" and children[0].level:
                return f"<li>{inline_html(children[0].runs).rstrip()}</li>\n"  # as most
            return f"<li>{render(children, heading).rstrip()}</li>\n"
        case "quote":
            return f"<blockquote>\n{render(block.children, heading)}</blockquote>\n"
        case "heading":
            return heading(block)
        case "element":
            inner = inline_html(block.runs) or f"\n{render(block.children, heading)}"
            return f"{block.html}{inner}</{_NAME.match(block.html)[1]}>\n"  # type: ignore[index]
        case "table":
            return _table(block.rows)
        case _:
            return block.html


def _table(rows: Sequence[Sequence[Sequence[Run]]]) -> str:
    """A table that can be scrolled by keyboard where it is wider than the page."""
    head, *body = ("".join(_cells(row, number == 0)) for number, row in enumerate(rows))
    below = f"<tbody>{''.join(body)}</tbody>" if body else ""
    return f"{TABLE_START}<table>\n<thead>{head}</thead>{below}</table>{TABLE_END}"


def _cells(row: Iterable[Sequence[Run]], is_header: bool) -> Iterable[str]:
    opening, closing = ('<th scope="col">', "</th>") if is_header else ("<td>", "</td>")
    return ("<tr>", *(f"{opening}{inline_html(cell)}{closing}" for cell in row), "</tr>")
