"""The pairs in one paragraph or list item: where a question starts, where it ends, and what is its
answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from ..markdown.blocks import Block, Run, inline_text, trim
from ..markdown.inline import cut_prefix, slice_runs
from ..model.strings import collapse
from ..regex import regex
from .faq_prefixes import (
    ANSWER_PREFIX_INSIDE,
    answer_prefix,
    ends_as_question,
    is_bare_question_prefix,
    question_number,
    question_prefix,
    without_question_prefix,
)

MAX_RUNS = 1_000
"""Changes of markup in a paragraph that is still searched for questions: no author writes more."""
MAX_PLAIN_LENGTH = 250
"""Characters of a question in a list item that only its question mark shows to be one."""

_ON_ONE_LINE = regex(r"\?(?=\s+(?:\*\*)?([A-Z]))")
_REST_OF_PREFIX = regex(r"\s*(?::|[–—-](?!\s+\d))\s+")
_BRACKETED = regex(r"([A-Z][^?()\n]{3,300}\?)\s*(\((?:[^()]|\([^()]*\))*\)[.,;]?)\s*")


def end_of_question(heading: str) -> int | None:
    """Where the question ends in a heading that holds the answer too (`Q1: Is it safe? A: Yes.`);
    None where the whole heading is the question."""
    match = _ON_ONE_LINE.search(heading)
    if match is None or (heading.endswith("?") and "\n" not in heading[match.end(1) :]):
        return None
    return match.start() + 1


class Pair(Struct):
    """One question with its answer, still as runs and blocks."""

    question: tuple[Run, ...]
    subject: str | None
    line: int
    style: str
    """How it was set: `heading`, `item`, `line` or `inline`."""
    answer: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The question in plain text."""
        return collapse(inline_text(self.question))


class Piece(NamedTuple):
    """A question with its answer, as runs of one paragraph."""

    start: int
    """The index of the run where it starts."""
    question: tuple[Run, ...]
    answer: tuple[Run, ...]
    style: str


def question_item(item: Block) -> Piece | None:
    """The pair in a list item that asks one question with its first words."""
    first = item.children[0] if item.children else None
    if first is None or first.kind != "paragraph":
        return None
    pieces = list(pairs_in(first.runs, listed=True))
    if len(pieces) != 1 or pieces[0].start:
        return None
    piece = pieces[0]
    has_answer = inline_text(piece.answer).strip() or len(item.children) > 1
    return piece if has_answer or piece.style != "plain" else None


def pairs_in(runs: Sequence[Run], *, listed: bool) -> Iterator[Piece]:
    """The pairs in one paragraph; `listed`: whether it is a list item's."""
    runs = tuple(runs)
    if len(runs) > MAX_RUNS:
        return
    # Most paragraphs are plain text, of which only the start counts.
    starts = [
        at
        for at, run in enumerate(runs)
        if (run.kind != "text" or question_prefix(run.text))
        and _starts_question(runs, at, listed=listed)
    ]
    if starts:
        for start, end in zip(starts, [*starts[1:], len(runs)], strict=True):
            several = len(starts) > 1 or runs[start].kind == "em"
            style = "item" if listed else "inline" if several else "line"
            yield _divide(runs, start, end, style)
    elif listed and runs and (trim(runs) or runs)[0].kind == "text":
        yield from _plain_item(runs)
    else:
        yield from _bracketed(runs)


def _plain_item(runs: tuple[Run, ...]) -> Iterator[Piece]:
    """The pair in a list item whose question has no mark but its question mark."""
    text = inline_text(runs)
    end = text.find("?")
    question = text[: max(end, 0)]
    if (
        0 < end < MAX_PLAIN_LENGTH
        and "\n" not in question.strip()
        and not re.search(r"[.!;]\s", question)
    ):
        yield Piece(0, slice_runs(runs, 0, end + 1), slice_runs(runs, end + 1, len(text)), "plain")


def _bracketed(runs: tuple[Run, ...]) -> Iterator[Piece]:
    """The pairs in a paragraph of questions with their answers in brackets."""
    text = inline_text(runs)
    pairs = list(_BRACKETED.finditer(text)) if "? (" in text or "?  (" in text else []
    if not pairs or sum(len(pair.group(0)) for pair in pairs) < 0.8 * len(text):
        return
    if text[: pairs[0].start()].strip():
        return
    ends = [*(pair.start() for pair in pairs[1:]), len(text)]
    for pair, end in zip(pairs, ends, strict=True):
        question = slice_runs(runs, *pair.span(1))
        yield Piece(0, question, slice_runs(runs, pair.start(2), end), "inline")


def _starts_question(runs: tuple[Run, ...], at: int, *, listed: bool) -> bool:
    """Whether a run starts a question; one of plain text has the prefix of one."""
    run = runs[at]
    if run.kind == "text":
        return _begins_line(runs, at, listed)
    if run.kind in ("strong", "em"):
        text = run.text.strip()
        if _begins_line(runs, at, listed):
            if is_bare_question_prefix(text):  # `**Q**: Is it safe?`
                return at + 1 < len(runs) and runs[at + 1].text.startswith(":")
            return (
                bool(question_prefix(text))
                or ends_as_question(text)
                or (run.kind == "strong" and listed and "?" in text)
            )
        first = trim(runs)[0]
        same = not listed and first.kind == run.kind and ends_as_question(first.text)
        return same and ends_as_question(text) and len(text) > 8
    return False


def _begins_line(runs: tuple[Run, ...], at: int, listed: bool) -> bool:
    """Whether a run is the first of its paragraph or, outside a list, of a line."""
    if not at:
        return True
    follows_break = not listed and runs[at - 1].kind == "break"
    return follows_break or not inline_text(runs[:at]).strip()


def _divide(runs: tuple[Run, ...], at: int, end: int, style: str) -> Piece:
    """The question and the answer in the runs from `at` to `end`."""
    run, piece = runs[at], runs[at:end]
    is_marked = run.kind in ("strong", "em")
    if is_marked and len(without_question_prefix(run.text.strip()).strip()) > 2:
        answer = ANSWER_PREFIX_INSIDE.search(run.text)
        if not answer:
            return Piece(at, piece[:1], piece[1:], style)
        cut = answer.start()
    else:
        cut = _question_end(inline_text(piece))
    return Piece(at, slice_runs(piece, 0, cut), slice_runs(piece, cut, None), style)


def _question_end(text: str) -> int:
    """Where a question without markup ends: before the answer's prefix, after its question mark, or
    with its line."""
    answer = ANSWER_PREFIX_INSIDE.search(text)
    if answer:
        return answer.start()
    mark = text.find("?")
    line_end = text.find("\n", len(text) - len(text.lstrip()))
    if mark >= 0 and (line_end < 0 or mark < line_end):
        return mark + 1
    return line_end if line_end >= 0 else len(text)


def clean_question(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A question without its prefix or number (`Q1:`)."""
    runs = trim(runs)
    text = inline_text(runs)
    prefix = question_number(text)
    return trim(cut_prefix(runs, prefix.end())) if prefix and prefix.end() < len(text) else runs


def clean_answer(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """An answer without its prefix (`A:`), or the colon or dash left of one. A dash before a digit
    may be a minus."""
    runs = trim(runs)
    text = inline_text(runs)
    prefix = answer_prefix(text) or _REST_OF_PREFIX.match(text)
    return trim(cut_prefix(runs, prefix.end())) if prefix else runs
