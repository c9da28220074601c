"""Directives: fenced blocks whose first line says that they are no code.

```` ```{figure} pill.png ```` and the like are MyST's, ```` ```ad-note ```` is of a plug-in of
Obsidian, ```` ```math ```` GitHub's. Queries of Obsidian (```` ```dataview ````) and parts that a
program of Sphinx makes (```` ```{toctree} ````) have no text of their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ..regex import regex
from .blocks import Block, Run, element, text_run
from .callouts import Opening, callout, directive_options, fenced_opening, is_callout
from .elements import code_block, table_block
from .formulas import math_run

_QUERIES = frozenset("dataview dataviewjs query tasks base bases".split())
"""Languages of fences that ask a program of Obsidian for a list of notes."""
_BASE = regex(r"(?:filters|formulas|properties|summaries|views):")
_GENERATED = frozenset("toctree contents tableofcontents bibliography index glossary-index".split())
_CODE = frozenset("code code-block code-cell sourcecode literalinclude".split())
_VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
}
_CHUNKS = frozenset("r python julia ojs bash sql mermaid dot".split())
"""Languages of code that Quarto and R Markdown run."""
_BRACED = regex(r"\{([A-Za-z][\w:-]*+)[^{}]*+\}[ \t]*+(.*)")
_ADMONITION = regex(r"ad-([a-z][\w-]*)")
_PLUGIN_OPTION = regex(r"(title|collapse|icon|color):[ \t]*(.*)")
_CHUNK_OPTION = regex(r"#\|[^\n]*\n?")
_HIDDEN_CHUNK = regex(r"^#\|\s*(?:echo|include)\s*:\s*false", re.MULTILINE)


class Fence(NamedTuple):
    """A fenced block."""

    info: str
    """What follows the marks of its first line."""
    content: str
    first: int
    """Its first line in the file."""
    last: int


class Writer(NamedTuple):
    """How a directive makes blocks of what is in it."""

    parse: Callable[[str, int], tuple[Block, ...]]
    """Blocks of Markdown, by its first line."""
    picture: Callable[[str, str, int], Run]
    """A picture, by address, alternative text and line."""


def is_query(info: str, content: str) -> bool:
    """Whether a fence asks Obsidian for a list of notes. What is called `base` and is no such
    question is code: a slip for `bash`."""
    if not info.startswith("base"):
        return info in _QUERIES
    return info in _QUERIES and _BASE.match(content.lstrip()) is not None


def read_directive(fence: Fence, writer: Writer) -> tuple[Block, ...] | None:
    """The blocks of a fence that is a directive; None for one that is code."""
    if fence.info == "math":
        return _formulas(fence)
    if is_query(fence.info, fence.content):
        return ()
    if match := _ADMONITION.fullmatch(fence.info):
        return _admonition(fence, match[1], writer)
    braced = _BRACED.fullmatch(fence.info) if fence.info[:1] == "{" else None
    if braced is None:
        return None
    name = braced[1]
    if name in _CHUNKS:
        return _chunk(fence)
    lines = fence.content.splitlines()
    options, count = directive_options(lines)
    inner = Fence(braced[2], "\n".join(lines[count:]), fence.first + count, fence.last)
    if name in _BUILDERS:
        return _BUILDERS[name](inner, options, writer)
    if name in _GENERATED:
        return ()
    if name in _CODE:
        return (code_block(inner.content, inner.info, fence.first, fence.last),)
    if name in _VERSIONS:
        words = text_run(f"{_VERSIONS[name]} {inner.info}".rstrip())
        children = writer.parse(inner.content, inner.first + 1)
        return (callout(Opening("note", ""), (words,), children, fence.first, fence.last),)
    opening = fenced_opening(fence.info)
    if opening is None or not (is_callout(name) or name in ("admonition", "dropdown")):
        return _unknown(fence, braced[2], writer) if braced[2] else None
    opening = opening._replace(name="details", folds=True) if name == "dropdown" else opening
    return _callout(opening.with_options(options), inner, writer)


def _unknown(fence: Fence, words: str, writer: Writer) -> tuple[Block, ...]:
    """A directive that is not known here: the words behind its name, and its content as code."""
    runs = _inline(words, fence.first, writer)
    title = Block("paragraph", fence.first, fence.first, runs=runs)
    return title, code_block(fence.content, "", fence.first, fence.last)


def _callout(opening: Opening, inner: Fence, writer: Writer) -> tuple[Block, ...]:
    title = _inline(opening.title, inner.first, writer) if opening.title else ()
    children = writer.parse(inner.content, inner.first + 1)
    return (callout(opening, title, children, inner.first, inner.last),)


def _inline(text: str, line: int, writer: Writer) -> tuple[Run, ...]:
    """A line of Markdown as runs."""
    blocks = writer.parse(text, line)
    return blocks[0].runs if len(blocks) == 1 and blocks[0].runs else (text_run(text),)


def _admonition(fence: Fence, name: str, writer: Writer) -> tuple[Block, ...]:
    options: dict[str, str] = {}
    lines = fence.content.splitlines()
    while len(options) < len(lines) and (
        match := _PLUGIN_OPTION.fullmatch(lines[len(options)].strip())
    ):
        options[match[1]] = match[2]
    inner = "\n".join(lines[len(options) :])
    opening = Opening(name, None).with_options(options)
    return _callout(opening, Fence("", inner, fence.first + len(options), fence.last), writer)


def _chunk(fence: Fence) -> tuple[Block, ...]:
    """A chunk of code that is run; nothing where it asks not to be shown."""
    if _HIDDEN_CHUNK.search(fence.content):
        return ()
    return (code_block(_CHUNK_OPTION.sub("", fence.content), "", fence.first, fence.last),)


def _formulas(fence: Fence, *_: object) -> tuple[Block, ...]:
    run = math_run(fence.content, display=True)
    return (Block("paragraph", fence.first, fence.last, runs=(run,)),)


def _figure(fence: Fence, options: Mapping[str, str], writer: Writer) -> tuple[Block, ...]:
    picture = writer.picture(fence.info.strip(), options.get("alt", ""), fence.first)
    inside = Block("paragraph", fence.first, fence.first, 1, (picture,))
    if not fence.content.strip():
        return (replace(inside, level=0),)
    below = element(
        "figcaption",
        fence.first,
        fence.last,
        children=writer.parse(fence.content, fence.first + 1),
    )
    return (element("figure", fence.first, fence.last, children=(inside, below)),)


def _list_table(fence: Fence, _: Mapping[str, str], writer: Writer) -> tuple[Block, ...] | None:
    """A table whose rows are the items of a list, each a list of cells."""
    blocks = writer.parse(fence.content, fence.first + 1)
    rows = [
        [_cell(cell) for cell in inner.children]
        for block in blocks
        for row in block.children
        for inner in row.children
        if inner.kind == "list"
    ]
    return _table(fence, rows, writer) if rows else None


def _cell(item: Block) -> tuple[Run, ...]:
    """The blocks of a list item as one line."""
    runs = [block.runs or (text_run(block.text),) for block in item.children]
    return tuple(run for group in runs for run in (text_run(" "), *group))[1:]


def _csv_table(
    fence: Fence, options: Mapping[str, str], writer: Writer
) -> tuple[Block, ...] | None:
    lines = [*filter(None, (options.get("header"),)), *fence.content.splitlines()]
    records = [row for row in csv.reader(lines, skipinitialspace=True) if row]
    rows = [[_inline(cell, fence.first, writer) if cell else () for cell in row] for row in records]
    return _table(fence, rows, writer) if rows else None


def _table(
    fence: Fence, rows: Sequence[Sequence[tuple[Run, ...]]], writer: Writer
) -> tuple[Block, ...]:
    width = max(map(len, rows))
    filled = [(*row, *[()] * (width - len(row))) for row in rows]
    table = table_block(filled, fence.first, fence.last)
    if not fence.info.strip():
        return (table,)
    title = Block(
        "paragraph", fence.first, fence.first, runs=_inline(fence.info, fence.first, writer)
    )
    return (title, table)


_BUILDERS: dict[str, Callable[[Fence, Mapping[str, str], Writer], tuple[Block, ...] | None]] = {
    "figure": _figure,
    "image": _figure,
    "math": _formulas,
    "list-table": _list_table,
    "csv-table": _csv_table,
}
