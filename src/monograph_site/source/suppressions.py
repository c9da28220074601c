"""Suppressions in the text of a file: `<!-- monograph-site: ignore W601 -- reason -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.finding import Ignore
from ..model.source import Source

_COMMENT = re.compile(
    r"<!--\s*monograph-site:\s*ignore\s+(?P<words>[\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s(?:(?!<!--)[^\n])*?)?-->"
)
_CODE_OR_COMMENT = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+(?:\n(?!(?P=fence))[^\n]*+)*+(?:\n(?P=fence)[^\n]*+)?"
    rf"|`[^`\n]++`|{_COMMENT.pattern}",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n[ \t>]*\n")


def read_suppressions(source: Source) -> Iterator[Ignore]:
    """The suppressions in comments. One holds for the paragraph it is in, or, where it is alone, for
    the one below it; the reason after `--` is for people."""
    text = source.text
    if "monograph-site:" not in text:
        return
    for match in _CODE_OR_COMMENT.finditer(text):
        if not match["words"]:  # code that shows how to suppress
            continue
        first, last = _lines(source, match)
        for word in re.finditer(r"[\w-]+", match["words"]):
            span = source.span(match.start("words") + word.start())
            yield Ignore(word.group(), span, first, last)


def _lines(source: Source, comment: re.Match[str]) -> tuple[int, int]:
    """The first and last line of the paragraph that a comment is about."""
    text = source.text
    before = [blank.end() for blank in _BLANK.finditer(text, 0, comment.start() + 1)]
    start = before[-1] if before else 0
    end = _end_of_paragraph(text, comment.end())
    if not _COMMENT.sub("", text[start:end]).strip():
        following = re.compile(r"\s*").match(text, end)
        start = following.end() if following else end
        end = _end_of_paragraph(text, start)
    return source.span(start).line, source.span(max(start, end - 1)).line


def _end_of_paragraph(text: str, start: int) -> int:
    blank = _BLANK.search(text, start)
    return blank.start() if blank else len(text)
