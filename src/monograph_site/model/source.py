"""The text of a content file, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from msgspec import Struct, field

from ..cached import cached_property


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A place in a source: one-based line and column, both in Unicode characters."""

    line: int = 1
    column: int = 1


class RepairedLine(NamedTuple):
    """A line that was repaired from mis-encoding."""

    line: str
    """As it is in the file."""
    places: tuple[tuple[int, int], ...]
    """The offsets where repairs start and end: in the repaired line, rising, and in `line`."""

    def offset(self, repaired_offset: int) -> int:
        """The offset in `line` of an offset in the repaired line."""
        number = bisect_right(self.places, repaired_offset, key=lambda place: place[0]) - 1
        repaired, written = self.places[number]
        following = self.places[number + 1 : number + 2]
        last = following[0][1] - 1 if following else len(self.line)
        return max(min(written + repaired_offset - repaired, last), written)


class Source(Struct, frozen=True, dict=True):
    """One content file as it was read.

    `path` is relative to the content folder, with forward slashes on every system; `text` is the
    decoded file, with `\\n` at the end of lines.
    """

    path: str
    text: str
    raw: dict[int, RepairedLine] = field(default_factory=dict)
    """Lines that were repaired from mis-encoding, by number."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return starts

    def span(self, offset: int) -> Span:
        """The place of a character offset (0 is the first character)."""
        line = bisect_right(self._starts, offset) - 1
        return Span(line + 1, offset - self._starts[line] + 1)

    def find(self, needle: str, first_line: int = 1, last_line: int | None = None) -> Span:
        """The first occurrence of `needle` between two lines (one-based, inclusive); without one,
        the first character of `first_line` that is not blank."""
        first = min(max(first_line, 1), len(self._starts))
        last = min(max(last_line, first), len(self._starts)) if last_line else len(self._starts)
        start = self._starts[first - 1]
        at = self.text.find(needle, start, self._line_end(last)) if needle else -1
        if at >= 0:
            return self.span(at)
        line = self.text[start : self._line_end(first)]
        return Span(first, len(line) - len(line.lstrip()) + 1 if line.strip() else 1)

    def _line_end(self, number: int) -> int:
        """The offset after a line and its line end."""
        return self._starts[number] if number < len(self._starts) else len(self.text)
