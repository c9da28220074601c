"""A text made from a file by adding and removing lines, and the lines of the file that its own lines
come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ..markdown.blocks import Block, MarkdownDocument
from .citations import Footnote


class MappedText(NamedTuple):
    """A text with the place of each of its lines."""

    text: str
    origins: tuple[int, ...] = ()
    """For each line the index of a line of the file's body; () where nothing was added or removed."""

    def origin(self, line: int) -> int:
        """The index of the body's line that a line, counted from 0, comes from."""
        if not self.origins:
            return line
        return self.origins[min(line, len(self.origins) - 1)]


def map_lines(before: MappedText, lines: Iterable[tuple[int, str]]) -> MappedText:
    """A text from its lines, each with the index of the line of `before` that it comes from."""
    pairs = list(lines)
    origins = tuple(before.origin(line) for line, _ in pairs)
    return MappedText("\n".join(line for _, line in pairs), origins)


def relocate(
    document: MarkdownDocument,
    footnotes: Sequence[Footnote],
    text: MappedText,
    first_line: int,
) -> tuple[MarkdownDocument, tuple[Footnote, ...]]:
    """A document and footnotes that were read from a mapped text, with their lines counted from 1,
    placed at the lines of the file. `first_line` is the file's line at which its body starts."""

    def place(line: int) -> int:
        return first_line + text.origin(line - 1)

    def move(block: Block) -> Block:
        children = tuple(map(move, block.children))
        return replace(block, line=place(block.line), last=place(block.last), children=children)

    notes = tuple((kind, place(line), detail) for kind, line, detail in document.notes)
    moved = MarkdownDocument(tuple(map(move, document.blocks)), notes)
    return moved, tuple(note._replace(line=place(note.line)) for note in footnotes)
