"""Suppressions in the text of a file: `<!-- monograph-site: ignore W601 -- reason -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.finding import Ignore
from ..model.source import Source
from ..regex import regex

_COMMENT = regex(
    r"<!--\s*monograph-site:\s*ignore\s+(?P<words>[\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s(?:(?!<!--)[^\n])*?)?-->"
)
_CODE_OR_COMMENT = regex(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+(?:\n(?!(?P=fence))[^\n]*+)*+(?:\n(?P=fence)[^\n]*+)?"
    rf"|`[^`\n]++`|{_COMMENT.pattern}",
    re.MULTILINE,
)
_BLANK = regex(r"\n[ \t>]*\n")


def read_suppressions(source: Source) -> Iterator[Ignore]:
    """The suppressions in comments. One holds for the paragraph it is in, or, where it is alone, for
    the one below it; the reason after `--` is for people."""
    text = source.text
    if "<" not in text or "monograph-site:" not in text:
        return
    for match in _CODE_OR_COMMENT.finditer(text):
        if not match["words"]:  # code that shows how to suppress
            continue
        first, last = _lines(source, match)
        for word in re.finditer(r"[\w-]+", match["words"]):
            span = source.span(match.start("words") + word.start())
            yield Ignore(word.group(), span, first, last)


def suppression_at(text: str, offset: int) -> tuple[int, int] | None:
    """The span to remove where the word at an offset is no longer to be suppressed: its comment, with
    its line where nothing else is on it, or the word where the comment has others; None outside of
    comments."""
    for match in _COMMENT.finditer(text):
        if not match.start() <= offset < match.end():
            continue
        words = list(re.finditer(r"[\w-]+", match["words"]))
        if len(words) > 1:
            return _word_with_comma(text, offset)
        start, end = match.span()
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        line_end = line_end if line_end >= 0 else len(text)
        if text[line_start:start].strip() or text[end:line_end].strip():
            return start - (text[start - 1 : start] == " "), end
        before, behind = text[:line_start], text[line_end + 1 :]
        is_paragraph = (before.endswith("\n\n") or not before) and behind.startswith("\n")
        return line_start, line_end + 1 + is_paragraph
    return None


def _word_with_comma(text: str, offset: int) -> tuple[int, int]:
    """The span of a word in a list, with the comma behind it, else the one before it."""
    word = re.compile(r"[\w-]+").match(text, offset)
    end = word.end() if word else offset
    behind = re.compile(r"\s*,\s*").match(text, end)
    if behind:
        return offset, behind.end()
    return len(text[:offset].rstrip().removesuffix(",")), end


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
