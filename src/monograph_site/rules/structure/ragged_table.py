"""ragged-table (W120)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...markdown.blocks import Block
from ...model.finding import Problem
from ...regex import regex
from .. import rule

_BAR = regex(r"(?<!\\)\|")
_DELIMITERS = regex(r"[ |]*+:?-[ |:-]*$")


@rule("W120", "ragged-table")
def ragged_table(page: Draft) -> Iterator[Problem]:
    """A row of a table has more or fewer cells than its header. Extra cells are shown in
    the last column. One finding per table, at the first of these rows.

    Empty cells at the end are not counted.

    Why it matters: a dose is in the column of another patient group.

    Wrong: `| Adults | 5 mg | 10 mg |` below `| Patients | Dose |`

    Right: `| Adults | 5 mg to 10 mg |`

    How to fix: give each row as many cells as the header; leave a cell empty if it has nothing.
    """
    if "|" in page.source.text:
        for block in page.document.blocks:
            yield from _in_block(page, block)


def _in_block(page: Draft, block: Block) -> Iterator[Problem]:
    for child in block.children:
        yield from _in_block(page, child)
    if block.kind != "table" or not block.rows:
        return
    columns = len(block.rows[0])
    for number in range(block.line + 1, block.last + 1):
        line = page.lines[number - 1].strip().lstrip("> ")
        if not _BAR.search(line) or _DELIMITERS.match(line):
            continue
        texts = _BAR.split(line.removeprefix("|").removesuffix("|"))
        cells = len(texts)
        while cells > columns and not texts[cells - 1].strip():
            cells -= 1
        if cells != columns:
            message = f"This row has {cells} cells; the header has {columns}."
            yield page.at(number, f"{message}\nGive it as many cells as the header.")
            return
