"""Pipe tables beyond GitHub's: no cell is lost, and captions and attribute lists are no rows."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from .spans import ATTRIBUTES


def read_pipe_tables(engine: MarkdownIt) -> None:
    """Make a parser read these tables, and `: Caption` below one."""
    engine.block.ruler.at("table", _read, {"alt": ["paragraph", "reference"]})
    engine.block.ruler.before("paragraph", "table_caption", _read_caption)


def _read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        tokens = state.tokens[before:]
        state.tokens[before:] = _with_whole_rows(state, tokens)
    return True


def _with_whole_rows(state: StateBlock, tokens: list[Token]) -> list[Token]:
    """The tokens of a table. Cells beyond the last column are in that one, with the bars between
    them as they were typed; a line with an attribute list only is no row."""
    kept: list[Token] = []
    columns = sum(token.type == "th_open" for token in tokens)
    row = 0
    for token in tokens:
        if token.type == "tr_open":
            row = len(kept)
        kept.append(token)
        if token.type != "tr_close":
            continue
        line = _line(state, (kept[row].map or [0])[0])
        if ATTRIBUTES.fullmatch(line):
            del kept[row:]
            continue
        cells = escapedSplit(line.removeprefix("|"))
        extra = [cell.strip() for cell in cells[columns:]]
        while extra and not extra[-1]:
            extra.pop()
        if extra:
            last = next(token for token in reversed(kept) if token.type == "inline")
            last.content = " | ".join((last.content, *extra))
    return kept


def _read_caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`: Caption` below a table, a paragraph without its colon."""
    is_below_table = bool(state.tokens) and state.tokens[-1].type == "table_close"
    if silent or not is_below_table or state.is_code_block(start):
        return False
    line = _line(state, start)
    if line[:1] != ":" or not line[1:2].isspace():
        return False
    after = start + 1
    while after < end and not state.isEmpty(after) and state.sCount[after] >= state.blkIndent:
        after += 1
    lines = (line[1:], *(_line(state, number) for number in range(start + 1, after)))
    state.push("paragraph_open", "p", 1).map = [start, after]
    text = state.push("inline", "", 0)
    text.content, text.map, text.children = "\n".join(lines).strip(), [start, after], []
    state.push("paragraph_close", "p", -1)
    state.line = after
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()
