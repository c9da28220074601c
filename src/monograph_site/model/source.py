"""Source text, places in it, and digests: the ground floor everything else stands on."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source: one-based line and column, both in Unicode characters."""

    line: int = 1
    column: int = 1


class RepairedLine(NamedTuple):
    """A line that was repaired from mis-encoding."""

    line: str
    """As it stands in the file."""
    places: tuple[tuple[int, int], ...]
    """Offsets in the repaired line, rising, each with the offset in `line` that it was; what
    follows runs in step."""

    def offset(self, at: int) -> int:
        """Where in `line` an offset in the repaired line was."""
        number = bisect_right(self.places, at, key=lambda place: place[0]) - 1
        repaired, written = self.places[number]
        following = self.places[number + 1 : number + 2]
        last = following[0][1] - 1 if following else len(self.line)
        return max(min(written + at - repaired, last), written)


@dataclass(frozen=True)
class Source:
    """One content file as it was read.

    `path` is relative to the content folder, with forward slashes on every system; `text` is the
    decoded file with line ends as they were.
    """

    path: str
    text: str
    raw: dict[int, RepairedLine] = field(default_factory=dict)
    """Lines that were repaired from mis-encoding, by number."""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\n", self.text))]

    def span(self, offset: int) -> Span:
        """The place of a character offset (0 is the first character)."""
        line = bisect_right(self._starts, offset) - 1
        return Span(line + 1, offset - self._starts[line] + 1)

    def find(self, needle: str, first_line: int = 1, last_line: int | None = None) -> Span:
        """Where `needle` stands between two lines (one-based, inclusive), else the first non-blank
        of `first_line`.

        What can't be placed inside its block is placed at the block's first character, never at a
        guess.
        """
        first = min(max(first_line, 1), len(self._starts))
        last = (
            len(self._starts)
            if last_line is None
            else min(max(last_line, first), len(self._starts))
        )
        start = self._starts[first - 1]
        end = self._starts[last] if last < len(self._starts) else len(self.text)
        at = self.text.find(needle, start, end) if needle else -1
        if at >= 0:
            return self.span(at)
        line = self.text[
            start : self._starts[first] if first < len(self._starts) else len(self.text)
        ]
        return Span(first, len(line) - len(line.lstrip()) + 1 if line.strip() else 1)
