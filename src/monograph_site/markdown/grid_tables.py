"""Grid tables, as Pandoc and reStructuredText write them: `+-----+` between rows of `| a | b |`."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from ..regex import regex

BORDER = regex(r"\+(?:[-=:]+\+)+")
"""A line between two rows; one with `=` ends the header."""
_LIST_MARK = regex(r"[-*+][ \t]+(?=\S)")
_HARD_BREAK = "\\\n"


def read_grid_tables(engine: MarkdownIt) -> None:
    """Make a parser read grid tables, as the tokens of an ordinary table."""
    engine.block.ruler.before("table", "grid_table", _read, {"alt": ["paragraph"]})


def _read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or BORDER.fullmatch(_line(state, start)) is None:
        return False
    after = start + 1
    while after < end and _line(state, after)[:1] in ("|", "+") and not state.isEmpty(after):
        after += 1
    lines = [_line(state, number) for number in range(start, after)]
    rows = list(_rows(lines))
    if not rows or BORDER.fullmatch(lines[-1]) is None:
        return False
    if not silent:
        _push(state, rows, start, after)
        state.line = after
    return True


def _rows(lines: list[str]) -> Iterator[list[str]]:
    """The cells of each row. Columns are where the first line has a `+`; a cell over several columns
    is one cell, and empty ones follow it."""
    edges = [at for at, character in enumerate(lines[0]) if character == "+"]
    texts: list[list[str]] = []
    for line in lines[1:]:
        if BORDER.fullmatch(line):
            yield ["\n".join(text).strip("\n") for text in texts]
            texts = []
            continue
        cells = _cells(line, edges)
        texts = texts or [[] for _ in cells]
        for text, cell in zip(texts, cells, strict=True):
            text.append(cell)


def _cells(line: str, edges: list[int]) -> list[str]:
    """The pieces of a line between the edges of the columns, as many as there are columns."""
    cells: list[str] = []
    left, width = edges[0], 1
    for right in edges[1:-1]:
        if line[right : right + 1] in ("|", "+", ""):
            cells += [line[left + 1 : right].rstrip(), *[""] * (width - 1)]
            left, width = right, 1
        else:  # a cell over several columns, or one that is wider than its column
            width += 1
    last = line[left + 1 :].rstrip().removesuffix("|").rstrip()
    return [*cells, last, *[""] * (width - 1)]


def _markdown(cell: str) -> str:
    """The text of a cell as one paragraph: list items and paragraphs are on lines of their own."""
    pieces: list[str] = []
    is_new = True
    for line in cell.split("\n"):
        text = line.strip()
        item = _LIST_MARK.match(text)
        text = f"• {text[item.end() :]}" if item else text
        if text:
            pieces += [_HARD_BREAK if is_new or item else "\n"] * bool(pieces) + [text]
        is_new = not text
    return "".join(pieces)


def _push(state: StateBlock, rows: list[list[str]], start: int, end: int) -> None:
    """The tokens of the table; the first row is its header."""
    state.push("table_open", "table", 1).map = [start, end]
    for row in rows:
        state.push("tr_open", "tr", 1)
        for cell in row:
            token = state.push("inline", "", 0)
            token.content, token.map, token.children = _markdown(cell), [start, end], []
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
