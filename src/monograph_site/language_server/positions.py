"""Places in a text as the protocol counts them: lines and columns from 0, columns in the code units
of an encoding."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from lsprotocol import types as lsp

from ..model.source import Span

UTF_8, UTF_16 = "utf-8", "utf-16"


class Positions:
    """Converts between offsets in a text, whose lines end with `\\n`, and positions."""

    def __init__(self, text: str, encoding: str = UTF_16) -> None:
        """`encoding` is `utf-8`, `utf-16` or `utf-32`."""
        self.text, self._encoding = text, encoding
        self.lines = text.split("\n")
        self._starts = [*accumulate((len(line) + 1 for line in self.lines), initial=0)][:-1]

    def position(self, offset: int) -> lsp.Position:
        """The position of an offset; one outside of the text is moved to its nearest end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset) - 1
        return lsp.Position(line, self._units(self.text[self._starts[line] : offset]))

    def range(self, start: int, end: int) -> lsp.Range:
        """The range between two offsets."""
        return lsp.Range(self.position(start), self.position(end))

    def offset(self, position: lsp.Position) -> int:
        """The offset of a position. One behind the end of a line, or behind the last line, is moved
        to that end; one inside a character, to its start."""
        if position.line >= len(self.lines):
            return len(self.text)
        line = self.lines[position.line]
        start = self._starts[position.line]
        if line.isascii() or self._encoding not in (UTF_8, UTF_16):
            return start + min(position.character, len(line))
        ends = [*accumulate(self._units(character) for character in line)]
        return start + bisect_right(ends, position.character)

    def offset_of(self, span: Span) -> int:
        """The offset of a place of a finding."""
        line = min(span.line, len(self.lines)) - 1
        return self._starts[line] + min(span.column - 1, len(self.lines[line]))

    def line_start(self, number: int) -> int:
        """The offset of the start of a line, one-based; the end of the text behind the last one."""
        return self._starts[number - 1] if number <= len(self._starts) else len(self.text)

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        if self._encoding == UTF_16:
            return len(text) + sum(character > "\uffff" for character in text)
        if self._encoding == UTF_8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text)
