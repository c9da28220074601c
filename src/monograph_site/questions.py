"""Questions and answers out of the blocks of an FAQ section, whatever convention sets them.

Seen in real formularies: a heading per question; a bulleted bold question with the answer behind it, in a nested item or
on the next line; `Q:` and `A:` in every spelling; bold or italic questions in one paragraph; questions with the answer in
brackets. What belongs to no pair (an introduction, a closing remark) is handed back, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .labels import is_question, label_of
from .markdown import Block, Run, inline_text, trim
from .runs import cut_prefix, slice_runs
from .text import collapse

_Q = re.compile(r"\s*(?:\*\*\s*)?(?:Q(?:uestion|ues)?\s*\.?\s*\d{0,3}\s*[:.)\-–—](?!\w)|Q\d{1,3}\s+|\d{1,2}[.)]\s+)\s*", re.IGNORECASE)
_Q_MARK = re.compile(r"\s*(?:\*\*\s*)?Q(?:uestion|ues)?\s*\.?\s*\d{0,3}\s*[:.)](?!\w)", re.IGNORECASE)
_A = re.compile(r"[\s*]*(?:A(?:ns|nswer)?\s*\d{0,3}\s*\**\s*:|Ans(?:wer)?\s*\d{0,3}\s*[.\-–—](?=\s))[\s*]*", re.IGNORECASE)
_A_INSIDE = re.compile(r"\s(?:\*\*)?A(?:ns|nswer)?\s*\d{0,3}\s*:(?=\s|\*)")
_BRACKETED = re.compile(r"([A-Z][^?()\n]{3,300}\?)\s*(\((?:[^()]|\([^()]*\))*\)[.,;]?)\s*")
_FOOTER = re.compile(
    r"\W*(?:please (?:note|remember|be aware)|remember\b|note:|important(?: note)?:|disclaimer|in (?:summary|conclusion)|"
    r"as of (?:today|\w+ \d)|(?:this|the|all|above) (?:above )?information\b|it(?:'|’)?s? (?:is )?(?:essential|important|crucial) to "
    r"(?:emphasi[sz]e|note|remember) that (?:this|the) information)|"
    r".*\b(?:information|content)\b.{0,80}\b(?:current as of|educational purposes|(?:general|informational) (?:knowledge|purposes)|"
    r"not (?:constitute|be considered|a substitute))",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip


@dataclass(slots=True)
class Pair:
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
        return collapse(inline_text(self.question).replace("**", ""))


class Questions(NamedTuple):
    """What an FAQ section holds."""

    intro: tuple[Block, ...]
    pairs: tuple[Pair, ...]
    outro: tuple[Block, ...]


def questions(blocks: Sequence[Block], subject: str | None) -> Questions:
    """Find the pairs in an FAQ section's blocks; `subject` is the drug the section is about, if it says."""
    reader = _Reader(subject)
    for at, block in enumerate(blocks):
        reader.take(block, last=at == len(blocks) - 1)
    reader.finish()
    return Questions(tuple(reader.intro), tuple(reader.pairs), tuple(reader.outro))


class _Reader:
    """Takes the blocks one by one. `pair` is the one whose answer may go on."""

    def __init__(self, subject: str | None) -> None:
        self.subject = subject
        self.intro: list[Block] = []
        self.pairs: list[Pair] = []
        self.outro: list[Block] = []
        self.pair: Pair | None = None
        self.unused: Block | None = None

    def take(self, block: Block, *, last: bool) -> None:
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

    def finish(self) -> None:
        if self.unused:
            self.outro.append(self.unused)

    # what to do with a piece

    def _push(self, question: tuple[Run, ...], line: int, style: str, answer: Sequence[Run] = ()) -> None:
        self.unused = None
        self.pair = Pair(_clean_question(question), self.subject, line, style)
        self.pairs.append(self.pair)
        self._answer_runs(answer, line)

    def _answer_runs(self, runs: Sequence[Run], line: int) -> None:
        runs = trim(_without_marker(tuple(runs)))
        if runs and self.pair:
            self.pair.answer.append(Block("paragraph", line, line, runs=runs))

    def _other(self, block: Block) -> None:
        """A block that asks nothing: the answer's, where an answer is open; else before or after all pairs."""
        if self.pair is not None:
            self.pair.answer.append(block)
        else:
            (self.outro if self.pairs else self.intro).append(block)

    def _group(self, block: Block, text: str) -> None:
        """A label over some of the questions, usually the drug they are about."""
        self.subject = re.sub(r"[\s:]*(?:\bFAQs?\b)?[\s:]*$", "", collapse(text), flags=re.IGNORECASE) or None
        self.pair, self.unused = None, block

    # the conventions

    def _heading(self, block: Block) -> None:
        runs = trim(block.runs)
        lead = runs[0] if runs and runs[0].kind == "strong" else None
        if lead and len(runs) > 1 and lead.text.rstrip().endswith("?"):
            self._push(runs[:1], block.line, "heading", runs[1:])
        elif is_question(block.text):
            self._push(runs, block.line, "heading")
        else:
            self._group(block, block.text)

    def _paragraph(self, block: Block) -> None:
        found = list(_pairs_in(block.runs, listed=False))
        if found:
            before = trim(block.runs[: found[0].start]) if found[0].start else ()
            if before:
                self._continue(block._replace(runs=before))
            for piece in found:
                self._push(piece.question, block.line, piece.style, piece.answer)
            return
        label = label_of(block)
        if label and label.closed and not label.rest and not _A.fullmatch(label.text + ":") and self._may_group(label.text):
            return self._group(block, label.text)
        return self._continue(block)

    def _may_group(self, text: str) -> bool:
        return len(text.split()) <= 10 and (self.pair is None or bool(self.pair.answer)) and not text.endswith((".", "!"))

    def _continue(self, block: Block) -> None:
        """A paragraph without a question: more of the answer, or a remark after all answers."""
        if self.pair is None:
            return self._other(block)
        text = block.text
        marked = _A.match(text)
        if self.pair.answer and not marked:
            if self.pair.style in ("item", "inline") or _FOOTER.match(text):
                self.pair = None
                return self._other(block)
        elif not marked and self.pair.style == "item" and _FOOTER.match(text):
            self.pair = None
            return self._other(block)
        return self._answer_runs(block.runs, block.line)

    def _list(self, block: Block) -> None:
        asked = [_question_item(item) for item in block.children]
        nested = [any(c.kind == "list" and any(map(_question_item, c.children)) for c in i.children) for i in block.children]
        if not any(asked) and not any(nested):
            if self.pair and self.pair.style == "item" and self.pair.answer and not _expects_list(self.pair.answer[-1]):
                self.pair = None
            return self._answer_list(block) if self.pair else self._other(block)
        for item, piece, holds in zip(block.children, asked, nested, strict=True):
            if piece:
                self._push(piece.question, item.line, "item", piece.answer)
                for child in item.children[1:]:
                    self._answer_list(child) if child.kind == "list" else self._child(child)
            elif holds and (label := label_of(item)):
                outer, self.subject = self.subject, collapse(label.text)
                for child in item.children[1:]:
                    self.take(child, last=False)
                self.subject = outer
            elif self.pair and not self.pair.answer and _A.match(item.text):  # `- **Q: …?**` and `- **A:** …` in turn
                self._answer_list(block._replace(children=(item,)))
            else:
                self.pair = None
                self._other(block._replace(children=(item,)))
        return None

    def _child(self, child: Block) -> None:
        if child.kind == "paragraph":
            self._answer_runs(child.runs, child.line)
        elif self.pair:
            self.pair.answer.append(child)

    def _answer_list(self, block: Block) -> None:
        """A list in an answer; where its first item carries the answer's mark (`- A: …`), that item is the answer."""
        first = block.children[0]
        if self.pair and first.children and first.children[0].kind == "paragraph" and _A.match(first.children[0].text):
            for child in first.children:
                self._child(child)
            block = block._replace(children=block.children[1:])
        if self.pair and block.children:
            self.pair.answer.append(block)


class _Piece(NamedTuple):
    start: int
    question: tuple[Run, ...]
    answer: tuple[Run, ...]
    style: str


def _question_item(item: Block) -> _Piece | None:
    first = item.children[0] if item.children else None
    if first is None or first.kind != "paragraph":
        return None
    found = list(_pairs_in(first.runs, listed=True))
    if len(found) != 1 or found[0].start:
        return None
    piece = found[0]
    return piece if inline_text(piece.answer).strip() or len(item.children) > 1 or piece.style != "plain" else None


def _pairs_in(runs: Sequence[Run], *, listed: bool) -> Iterator[_Piece]:
    """The pairs in one paragraph: question runs, answer runs, and the index of the run where each starts."""
    runs = tuple(runs)
    starts = [at for at in range(len(runs)) if _starts_question(runs, at, listed=listed)]
    if starts:
        for n, at in enumerate(starts):
            end = starts[n + 1] if n + 1 < len(starts) else len(runs)
            style = "item" if listed else "inline" if len(starts) > 1 or runs[at].kind == "em" else "line"
            yield _divide(runs, at, end, style)
        return
    if listed and runs and (trim(runs) or runs)[0].kind == "text":
        text = inline_text(runs)
        mark = text.find("?")
        if 0 < mark < 250 and "\n" not in text[:mark].strip() and not re.search(r"[.!;]\s", text[:mark]):
            yield _Piece(0, slice_runs(runs, 0, mark + 1), slice_runs(runs, mark + 1, len(text)), "plain")
        return
    text = inline_text(runs)
    pairs = list(_BRACKETED.finditer(text)) if "? (" in text or "?  (" in text else []
    if pairs and sum(len(m.group(0)) for m in pairs) >= 0.8 * len(text):
        first = pairs[0].start()
        if text[:first].strip():
            return
        for n, pair in enumerate(pairs):
            end = pairs[n + 1].start() if n + 1 < len(pairs) else len(text)
            yield _Piece(0, slice_runs(runs, *pair.span(1)), slice_runs(runs, pair.start(2), end), "inline")


def _starts_question(runs: tuple[Run, ...], at: int, *, listed: bool) -> bool:
    run = runs[at]
    text = run.text.strip()
    before = inline_text(runs[:at])
    new_line = not before.strip() or (not listed and runs[at - 1].kind == "break")
    if run.kind in ("strong", "em"):
        if new_line:
            if re.fullmatch(r"Q(?:uestion)?\s*\d*", text, re.IGNORECASE):  # `**Q**: Is it safe?`
                return at + 1 < len(runs) and runs[at + 1].text.startswith(":")
            return bool(_Q_MARK.match(text)) or _asks(text) or (run.kind == "strong" and listed and "?" in text)
        same = not listed and trim(runs)[0].kind == run.kind and _asks(trim(runs)[0].text)
        return same and _asks(text) and len(text) > 8
    return run.kind == "text" and new_line and _Q_MARK.match(run.text) is not None


def _asks(text: str) -> bool:
    return re.search(r"\?[\s\"'”’)*_:.]*$", text) is not None


def _divide(runs: tuple[Run, ...], at: int, end: int, style: str) -> _Piece:
    """The question and the answer in the runs from `at` to `end`."""
    run = runs[at]
    if run.kind in ("strong", "em") and len(_Q_MARK.sub("", run.text.strip(), count=1).strip()) > 2:
        inside = _A_INSIDE.search(run.text)
        if inside:
            piece = runs[at:end]
            return _Piece(at, slice_runs(piece, 0, inside.start()), slice_runs(piece, inside.start(), None), style)
        return _Piece(at, runs[at : at + 1], runs[at + 1 : end], style)
    piece = runs[at:end]
    text = inline_text(piece)
    inside = _A_INSIDE.search(text)
    mark = text.find("?")
    line = text.find("\n", len(text) - len(text.lstrip()))
    if inside:
        cut = inside.start()
    elif 0 <= mark and (line < 0 or mark < line):
        cut = mark + 1
    else:
        cut = line if line >= 0 else len(text)
    return _Piece(at, slice_runs(piece, 0, cut), slice_runs(piece, cut, None), style)


def _clean_question(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    runs = trim(runs)
    match = _Q.match(inline_text(runs))
    return trim(cut_prefix(runs, match.end())) if match and match.end() < len(inline_text(runs)) else runs


def _without_marker(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    runs = trim(runs)
    text = inline_text(runs)
    match = _A.match(text)
    if match:
        return cut_prefix(runs, match.end())
    colon = re.match(r"\s*:\s+", text)
    return cut_prefix(runs, colon.end()) if colon else runs


def _expects_list(block: Block) -> bool:
    return block.text.rstrip().endswith(":")
