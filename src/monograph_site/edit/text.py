"""The text of a file as it is written, and edits of spans of it; all other bytes stay as they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct

from ..model.source import Source, Span

_BYTE_ORDER_MARK = "\ufeff"


class Edit(NamedTuple):
    """A span of a text, and what takes its place."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset behind its last character."""
    text: str
    """With `\\n` at the end of lines."""
    name: str
    """The name of the finding that it corrects."""


class FileText(Struct, frozen=True, dict=True):
    """The text of a UTF-8 file."""

    written: str
    """With the byte order mark and the line ends of the file."""

    @classmethod
    def of(cls, content: bytes) -> FileText:
        """The text of a file. Raises UnicodeDecodeError."""
        return cls(content.decode("utf-8"))

    @property
    def content(self) -> bytes:
        """The file."""
        return self.written.encode("utf-8")

    @cached_property
    def text(self) -> str:
        """The text without byte order mark, and with `\\n` at the end of lines."""
        text = self.written.removeprefix(_BYTE_ORDER_MARK)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [*accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)]

    @cached_property
    def _long_line_ends(self) -> list[int]:
        """The offsets in `text` of line ends that are two characters in the file."""
        text = self.written.removeprefix(_BYTE_ORDER_MARK)
        pieces = text.split("\r\n")[:-1]
        return [end + at for at, end in enumerate(accumulate(map(len, pieces)))]

    @property
    def line_end(self) -> str:
        """The line end of the file: that of its first line."""
        if self._long_line_ends[:1] == [self.text.find("\n")]:
            return "\r\n"
        return "\n" if "\n" in self.written or "\r" not in self.written else "\r"

    def offset(self, span: Span) -> int:
        """The offset in `text` of a line and column."""
        return self._starts[min(span.line, len(self._starts)) - 1] + span.column - 1

    def line(self, number: int) -> tuple[int, str]:
        """The offset and the text of a line, one-based; without its end."""
        start, end = self._starts[number - 1 : number + 1]
        return start, self.text[start : end - 1]

    def with_edits(self, edits: Iterable[Edit]) -> FileText:
        """The text after edits that do not overlap."""
        mark = len(self.written) - len(self.written.removeprefix(_BYTE_ORDER_MARK))
        pieces, at = [], 0
        for edit in sorted(edits):
            start, end = (
                mark + offset + bisect_left(self._long_line_ends, offset)
                for offset in (edit.start, edit.end)
            )
            pieces += [self.written[at:start], edit.text.replace("\n", self.line_end)]
            at = end
        return FileText("".join((*pieces, self.written[at:])))


def place_as_written(source: Source, offset: int) -> Span:
    """The place in the file of an offset in a source, whose lines may have been repaired from
    mis-encoding."""
    span = source.span(offset)
    repaired = source.raw.get(span.line)
    return Span(span.line, repaired.offset(span.column - 1) + 1) if repaired else span


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, without those that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit.start >= kept[-1].end + (edit.start == kept[-1].start):
            kept.append(edit)
    return kept
