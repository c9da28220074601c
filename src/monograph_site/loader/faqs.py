"""Questions and answers out of the blocks of an FAQ section, whatever convention sets them.

Seen in real formularies: a heading per question; a bulleted bold question with the answer behind
it, in a nested item or on the next line; `Q:` and `A:` in every spelling; bold or italic questions
in one paragraph; questions with the answer in brackets. What belongs to no pair (an introduction, a
closing remark) is handed back, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..markdown.blocks import Block, Run, inline_text, trim
from ..markdown.inline import (
    blocks_without_bold_marks,
    runs_without_bold_marks,
    slice_runs,
)
from ..model.strings import collapse
from .faq_pairs import (
    ANSWER_MARK,
    ON_ONE_LINE,
    Pair,
    clean_question,
    pairs_in,
    question_item,
    without_marker,
)
from .labels import is_question, label_of

_PLAIN = re.compile(r"[^.!?\n]{6,200}\?(?=[ \t]*(?:\n|$))")
_FOOTER = re.compile(
    r"\W*(?:please (?:note|remember|be aware)|remember\b|note:|important(?: note)?:|disclaimer"
    r"|in (?:summary|conclusion)|as of (?:today|\w+ \d)|(?:this|the|all|above) (?:above )?information\b"
    r"|it(?:'|’)?s? (?:is )?(?:essential|important|crucial) to (?:emphasi[sz]e|note|remember) "
    r"that (?:this|the) information)"
    r"|.*\b(?:information|content)\b.{0,80}\b(?:current as of|educational purposes"
    r"|(?:general|informational) (?:knowledge|purposes)|not (?:constitute|be considered|a substitute))",
    re.IGNORECASE | re.DOTALL,
)


class Questions(NamedTuple):
    """What an FAQ section holds."""

    intro: tuple[Block, ...]
    pairs: tuple[Pair, ...]
    outro: tuple[Block, ...]


def questions(blocks: Sequence[Block], subject: str | None) -> Questions:
    """Find the pairs in an FAQ section's blocks; `subject` is the drug the section is about, if it
    says."""
    reader = _Reader(subject).read(blocks)
    if not reader.pairs:  # nothing marks the questions but their question marks
        plainly = _Reader(subject, plain=True).read(blocks)
        reader = plainly if all(pair.answer for pair in plainly.pairs) else reader
    while not reader.pairs and len(reader.intro) > 1 and _FOOTER.match(reader.intro[-1].text):
        reader.outro.insert(0, reader.intro.pop())
    for pair in reader.pairs:
        pair.answer = blocks_without_bold_marks(pair.answer)
    return Questions(tuple(reader.intro), tuple(reader.pairs), tuple(reader.outro))


class _Reader:
    """Takes the blocks one by one. `pair` is the one whose answer may go on."""

    def __init__(self, subject: str | None, *, plain: bool = False) -> None:
        self.subject = subject
        self.plain = plain
        """Whether a line that is a question is taken for one without any mark."""
        self.intro: list[Block] = []
        self.pairs: list[Pair] = []
        self.outro: list[Block] = []
        self.pair: Pair | None = None
        self.label: Block | None = None
        """A label over questions of which none has come yet: shown as text if none does."""
        self.interrupted: tuple[Pair | None, str | None] = (None, None)
        """The answer and the subject that the label would end."""
        self.held: tuple[Pair, int] | None = None
        """The answer that `outro` may continue from this index on: what looks like a footer is none
        in mid-section."""

    def take(self, block: Block) -> None:
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

    def read(self, blocks: Sequence[Block]) -> _Reader:
        """Take all blocks of a section."""
        for block in blocks:
            self.take(block)
        if self.label:
            self._loose().append(self.label)
        return self

    # what to do with a piece

    def _push(
        self, question: tuple[Run, ...], line: int, style: str, answer: Sequence[Run] = ()
    ) -> None:
        self.label = None
        if self.held:
            pair, at = self.held
            pair.answer.extend(self.outro[at:])
            self.held, self.outro[at:] = None, []
        runs = runs_without_bold_marks(clean_question(question))
        self.pair = Pair(runs, self.subject, line, style)
        self.pairs.append(self.pair)
        self._answer_runs(answer, line)

    def _answer_runs(self, runs: Sequence[Run], line: int) -> None:
        runs = trim(without_marker(tuple(runs)))
        if runs and self.pair:
            self.pair.answer.append(Block("paragraph", line, line, runs=runs))

    def _other(self, block: Block) -> None:
        """A block that asks nothing: the answer's, where an answer is open; else before or after
        all pairs."""
        if self.pair is None:
            self._use_label()
        (self.pair.answer if self.pair else self._loose()).append(block)

    def _loose(self) -> list[Block]:
        return self.outro if self.pairs else self.intro

    def _use_label(self) -> None:
        """A label no question followed is text: a bold line within an answer, or words before or
        after all pairs."""
        pair, subject = self.interrupted
        if (
            self.label
            and self.label.kind == "paragraph"
            and pair
            and pair.style in ("heading", "line")
        ):
            pair.answer.append(self.label)
            self.pair, self.subject = pair, subject
        elif self.label:
            self._loose().append(self.label)
        self.label = None

    def _group(self, block: Block, text: str) -> None:
        """A label over some of the questions, usually the drug they are about."""
        self._use_label()
        self.interrupted = (self.pair, self.subject)
        self.subject = (
            re.sub(r"[\s:]*(?:\bFAQs?\b)?[\s:]*$", "", collapse(text), flags=re.IGNORECASE) or None
        )
        self.pair, self.held, self.label = None, None, block

    # the conventions

    def _heading(self, block: Block) -> None:
        runs = trim(block.runs)
        lead = runs[0] if runs and runs[0].kind == "strong" else None
        if lead and len(runs) > 1 and lead.text.rstrip().endswith("?"):
            self._push(runs[:1], block.line, "heading", runs[1:])
        elif is_question(block.text):
            cut = ON_ONE_LINE.search(inline_text(runs))
            end = cut.start() + 1 if cut else None
            self._push(
                slice_runs(runs, 0, end),
                block.line,
                "heading",
                slice_runs(runs, end, None) if end else (),
            )
        else:
            self._group(block, block.text)

    def _paragraph(self, block: Block) -> None:
        found = list(pairs_in(block.runs, listed=False))
        if found:
            before = trim(block.runs[: found[0].start]) if found[0].start else ()
            if before:
                self._continue(block._replace(runs=before))
            for piece in found:
                self._push(piece.question, block.line, piece.style, piece.answer)
            return None
        asked = _PLAIN.match(block.text) if self.plain else None
        if asked:
            rest = slice_runs(block.runs, asked.end(), None)
            return self._push(slice_runs(block.runs, 0, asked.end()), block.line, "line", rest)
        label = label_of(block)
        if (
            label
            and label.closed
            and not label.rest
            and not ANSWER_MARK.fullmatch(label.text + ":")
            and self._may_group(label.text)
        ):
            return self._group(block, label.text)
        return self._continue(block)

    def _may_group(self, text: str) -> bool:
        return (
            len(text.split()) <= 10
            and (self.pair is None or bool(self.pair.answer))
            and not text.endswith((".", "!"))
        )

    def _continue(self, block: Block) -> None:
        """A paragraph without a question: more of the answer, or a remark after all answers."""
        if self.pair is None:
            return self._other(block)
        text = block.text
        marked = ANSWER_MARK.match(text)
        listed = self.pair.style in ("item", "inline")
        footer = _FOOTER.match(text) is not None
        closed = (listed or footer) if self.pair.answer else (self.pair.style == "item" and footer)
        if closed and not marked:
            self.held, self.pair = (self.pair, len(self.outro)), None
            return self._other(block)
        return self._answer_runs(block.runs, block.line)

    def _list(self, block: Block) -> None:
        asked = [question_item(item) for item in block.children]
        nested = [
            any(c.kind == "list" and any(map(question_item, c.children)) for c in i.children)
            for i in block.children
        ]
        if not any(asked) and not any(nested):
            if (
                self.pair
                and self.pair.style == "item"
                and self.pair.answer
                and not _expects_list(self.pair.answer[-1])
            ):
                self.pair = None
            return self._answer_list(block) if self.pair else self._other(block)
        for item, piece, holds in zip(block.children, asked, nested, strict=True):
            if piece:
                self._push(piece.question, item.line, "item", piece.answer)
                for child in item.children[1:]:
                    self._answer_list(child) if child.kind == "list" else self._child(child)
            elif holds:
                self._nested(item)
            elif (
                self.pair and not self.pair.answer and ANSWER_MARK.match(item.text)
            ):  # `- **Q: …?**`, `- **A:** …`
                self._answer_list(block._replace(children=(item,)))
            else:
                self.pair = None
                self._other(block._replace(children=(item,)))
        return None

    def _nested(self, item: Block) -> None:
        """An item that names a drug and holds the questions about it."""
        outer, label, first = self.subject, label_of(item), item.children[0]
        self.pair = None
        if label and not label.rest:
            self._group(first, label.text)
        elif label:
            self.subject = collapse(label.text)
            self._other(first)
        else:
            self._group(first, first.text) if self._may_group(first.text) else self._other(first)
        for child in item.children[1:]:
            self.take(child)
        self.subject = outer

    def _child(self, child: Block) -> None:
        if child.kind == "paragraph":
            self._answer_runs(child.runs, child.line)
        elif self.pair:
            self.pair.answer.append(child)

    def _answer_list(self, block: Block) -> None:
        """A list in an answer; where its first item carries the answer's mark (`- A: …`), that item
        is the answer."""
        first = block.children[0]
        lead = first.children[0] if first.children else None
        if self.pair and lead and lead.kind == "paragraph" and ANSWER_MARK.match(lead.text):
            for child in first.children:
                self._child(child)
            block = block._replace(children=block.children[1:])
        if self.pair and block.children:
            self.pair.answer.append(block)


def _expects_list(block: Block) -> bool:
    return block.text.rstrip().endswith(":")
