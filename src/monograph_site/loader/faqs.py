"""The questions and answers in the blocks of an FAQ section, however they are written.

Real formularies have: a heading per question; a bulleted bold question with the answer after it, in
a nested item or on the next line; `Q:` and `A:` in every spelling; bold or italic questions in one
paragraph; questions with the answer in brackets. What belongs to no pair (an introduction, a
closing remark) is returned too, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ..markdown.blocks import Block, Run, inline_text, trim
from ..markdown.inline import blocks_without_bold_marks, runs_without_bold_marks, slice_runs
from ..model.strings import collapse
from ..regex import regex
from .faq_pairs import (
    Pair,
    clean_answer,
    clean_question,
    end_of_question,
    pairs_in,
    question_item,
)
from .faq_prefixes import ANSWER_PREFIX, answer_prefix, is_question
from .labels import label_of

_PLAIN_QUESTION = regex(r"[^.!?\n]{6,200}\?(?=[ \t]*(?:\n|$))")
_FOOTER_START = regex(
    r"\W*(?:please (?:note|remember|be aware)|remember\b|note:|important(?: note)?:|disclaimer"
    r"|in (?:summary|conclusion)|as of (?:today|\w+ \d)"
    r"|(?:this|the|all|above) (?:above )?information\b"
    r"|it(?:'|’)?s? (?:is )?(?:essential|important|crucial) to (?:emphasi[sz]e|note|remember) "
    r"that (?:this|the) information)",
    re.IGNORECASE,
)
_FOOTER_WORDS = regex(
    r"\b(?:information|content)\b.{0,80}\b(?:current as of|educational purposes"
    r"|(?:general|informational) (?:knowledge|purposes)"
    r"|not (?:constitute|be considered|a substitute))",
    re.IGNORECASE | re.DOTALL,
)
MAX_GROUP_WORDS = 10
"""Words of a label over several questions, usually the name of a drug."""


class Questions(NamedTuple):
    """What an FAQ section holds."""

    intro: tuple[Block, ...]
    pairs: tuple[Pair, ...]
    outro: tuple[Block, ...]


def questions(blocks: Sequence[Block], subject: str | None) -> Questions:
    """Find the pairs in an FAQ section's blocks; `subject` is the drug the section is about, if it
    says so."""
    reader = _Reader(subject).read(blocks)
    if not reader.pairs:  # nothing marks the questions but their question marks
        plain_reader = _Reader(subject, plain=True).read(blocks)
        reader = plain_reader if all(pair.answer for pair in plain_reader.pairs) else reader
    while not reader.pairs and len(reader.intro) > 1 and _is_footer(reader.intro[-1].text):
        reader.outro.insert(0, reader.intro.pop())
    for pair in reader.pairs:
        pair.answer = blocks_without_bold_marks(pair.answer)
    return Questions(tuple(reader.intro), tuple(reader.pairs), tuple(reader.outro))


class _Reader:
    """Reads the blocks in their order."""

    def __init__(self, subject: str | None, *, plain: bool = False) -> None:
        self.subject = subject
        self.plain = plain
        """Whether a line that ends in a question mark is a question without any other mark."""
        self.intro: list[Block] = []
        self.pairs: list[Pair] = []
        self.outro: list[Block] = []
        self.pair: Pair | None = None
        """The pair whose answer may continue."""
        self.label: Block | None = None
        """A label over questions of which none has come yet: shown as text if none does."""
        self.interrupted: tuple[Pair | None, str | None] = (None, None)
        """The pair and the subject before the label."""
        self.suspended: tuple[Pair, int] | None = None
        """A pair that seemed to end with a footer, and the index in `outro` of what came after it:
        part of the answer after all if another question follows."""

    def read(self, blocks: Sequence[Block]) -> _Reader:
        """Read all blocks of a section."""
        for block in blocks:
            self._read(block)
        if self.label:
            self._remarks().append(self.label)
        return self

    def _read(self, block: Block) -> None:
        match block.kind:
            case "heading":
                self._heading(block)
            case "list":
                self._list(block)
            case "paragraph":
                self._paragraph(block)
            case "rule":
                self.pair = None
            case _:
                self._other(block)

    # where a piece goes

    def _start_pair(
        self, question: tuple[Run, ...], line: int, style: str, answer: Sequence[Run] = ()
    ) -> None:
        self.label = None
        if self.suspended:
            pair, at = self.suspended
            pair.answer.extend(self.outro[at:])
            self.suspended, self.outro[at:] = None, []
        runs = runs_without_bold_marks(clean_question(question))
        self.pair = Pair(runs, self.subject, line, style)
        self.pairs.append(self.pair)
        if answer:
            self._answer(answer, line)

    def _answer(self, runs: Sequence[Run], line: int) -> None:
        runs = clean_answer(tuple(runs))
        if runs and self.pair:
            self.pair.answer.append(Block("paragraph", line, line, 0, runs))

    def _other(self, block: Block) -> None:
        """A block without a question: part of the answer, where one is open; else of the remarks
        before or after all pairs."""
        if self.pair is None:
            self._use_label()
        (self.pair.answer if self.pair else self._remarks()).append(block)

    def _remarks(self) -> list[Block]:
        return self.outro if self.pairs else self.intro

    def _use_label(self) -> None:
        """A label that no question followed is text: a bold line within an answer, or words before
        or after all pairs."""
        pair, subject = self.interrupted
        if self.label is None:
            return
        if self.label.kind == "paragraph" and pair and pair.style in ("heading", "line"):
            pair.answer.append(self.label)
            self.pair, self.subject = pair, subject
        else:
            self._remarks().append(self.label)
        self.label = None

    def _group(self, block: Block, text: str) -> None:
        """A label over some of the questions, usually the drug they are about."""
        self._use_label()
        self.interrupted = (self.pair, self.subject)
        self.subject = (
            re.sub(
                r"(?<![\s:])[\s:]*+(?:\bFAQs?\b[\s:]*+)?$", "", collapse(text), flags=re.IGNORECASE
            )
            or None
        )
        self.pair, self.suspended, self.label = None, None, block

    def _may_group(self, text: str) -> bool:
        return (
            len(text.split()) <= MAX_GROUP_WORDS
            and (self.pair is None or bool(self.pair.answer))
            and not text.endswith((".", "!"))
            and not text.startswith("(")
        )

    # headings and paragraphs

    def _heading(self, block: Block) -> None:
        runs = trim(block.runs)
        lead = runs[0] if runs and runs[0].kind == "strong" else None
        if lead and len(runs) > 1 and lead.text.rstrip().endswith("?"):
            self._start_pair(runs[:1], block.line, "heading", runs[1:])
        elif is_question(block.text):
            end = end_of_question(inline_text(runs))
            question, answer = (
                (slice_runs(runs, 0, end), slice_runs(runs, end, None)) if end else (runs, ())
            )
            self._start_pair(question, block.line, "heading", answer)
        else:
            self._group(block, block.text)

    def _paragraph(self, block: Block) -> None:
        pieces = list(pairs_in(block.runs, listed=False))
        if pieces:
            before = trim(block.runs[: pieces[0].start]) if pieces[0].start else ()
            if before:
                self._continue(replace(block, runs=before))
            for piece in pieces:
                self._start_pair(piece.question, block.line, piece.style, piece.answer)
            return None
        question = _PLAIN_QUESTION.match(block.text) if self.plain else None
        if question:
            end = question.end()
            answer = slice_runs(block.runs, end, None)
            return self._start_pair(slice_runs(block.runs, 0, end), block.line, "line", answer)
        # A label that may group has few words, with little more than a colon beside them.
        is_short = len(block.text.split(None, 2 * MAX_GROUP_WORDS)) <= 2 * MAX_GROUP_WORDS
        label = label_of(block) if is_short else None
        if (
            label
            and label.closed
            and not label.rest
            and not ANSWER_PREFIX.fullmatch(label.text + ":")
            and self._may_group(label.text)
        ):
            return self._group(block, label.text)
        return self._continue(block)

    def _continue(self, block: Block) -> None:
        """A paragraph without a question: more of the answer, or a remark after all answers."""
        if self.pair is None:
            return self._other(block)
        text = block.text
        is_footer = _is_footer(text)
        if self.pair.answer:
            closed = is_footer or self.pair.style in ("item", "inline")
        else:
            closed = is_footer and self.pair.style == "item"
        if closed and not answer_prefix(text):
            self.suspended, self.pair = (self.pair, len(self.outro)), None
            return self._other(block)
        return self._answer(block.runs, block.line)

    # lists

    def _list(self, block: Block) -> None:
        pieces = [question_item(item) for item in block.children]
        nested = [_holds_questions(item) for item in block.children]
        if not any(pieces) and not any(nested):
            return self._list_without_question(block)
        for item, piece, has_nested in zip(block.children, pieces, nested, strict=True):
            awaits_answer = self.pair is not None and not self.pair.answer
            if piece:
                self._start_pair(piece.question, item.line, "item", piece.answer)
                for child in item.children[1:]:
                    self._answer_list(child) if child.kind == "list" else self._answer_block(child)
            elif has_nested:
                self._nested(item)
            elif awaits_answer and answer_prefix(item.text):  # `- **Q: …?**`, `- **A:** …`
                self._answer_list(replace(block, children=(item,)))
            else:
                self.pair = None
                self._other(replace(block, children=(item,)))
        return None

    def _list_without_question(self, block: Block) -> None:
        pair = self.pair
        if pair and pair.style == "item" and pair.answer and not _expects_list(pair.answer[-1]):
            self.pair = None
        if self.pair:
            self._answer_list(block)
        else:
            self._other(block)

    def _nested(self, item: Block) -> None:
        """An item that names a drug and holds the questions about it."""
        outer, label, first = self.subject, label_of(item), item.children[0]
        self.pair = None
        if label and not label.rest:
            self._group(first, label.text)
        elif label:
            self.subject = collapse(label.text)
            self._other(first)
        elif self._may_group(first.text):
            self._group(first, first.text)
        else:
            self._other(first)
        for child in item.children[1:]:
            self._read(child)
        self.subject = outer

    def _answer_block(self, block: Block) -> None:
        """A block within an item that is part of an answer."""
        if block.kind == "paragraph":
            self._answer(block.runs, block.line)
        elif self.pair:
            self.pair.answer.append(block)

    def _answer_list(self, block: Block) -> None:
        """A list in an answer; where its first item has the answer's prefix (`- A: …`), that item
        is the answer."""
        first = block.children[0]
        lead = first.children[0] if first.children else None
        if self.pair and lead and lead.kind == "paragraph" and answer_prefix(lead.text):
            for child in first.children:
                self._answer_block(child)
            block = replace(block, children=block.children[1:])
        if self.pair and block.children:
            self.pair.answer.append(block)


def _holds_questions(item: Block) -> bool:
    """Whether an item holds a list in which some item asks a question."""
    return any(
        child.kind == "list" and any(map(question_item, child.children)) for child in item.children
    )


def _is_footer(text: str) -> bool:
    """Whether a text is a remark on all the answers. A footer in the middle of a section belongs to
    an answer."""
    lower = text.lower()
    return _FOOTER_START.match(text) is not None or (
        ("information" in lower or "content" in lower) and _FOOTER_WORDS.search(text) is not None
    )


def _expects_list(block: Block) -> bool:
    return block.text.rstrip().endswith(":")
