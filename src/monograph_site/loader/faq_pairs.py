"""The pairs in one paragraph or list item: where a question starts, where it ends, and what is its
answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..markdown.blocks import Block, Run, inline_text, trim
from ..markdown.inline import cut_prefix, slice_runs
from ..model.strings import collapse

MAX_RUNS = 1_000
"""Changes of markup in one paragraph that is still searched for questions: more come from no
author."""

_Q = re.compile(
    r"\s*(?:\*\*\s*)?(?:Q(?:uestion|ues)?\s*\.?\s*\d{0,3}\s*[:.)\-–—](?!\w)"
    r"|Q\d{1,3}\s+(?!(?:h|hrs?|hours?|hourly|days?|weeks?|months?)\b)|\d{1,2}[.)]\s+(?!\d))\s*",
    re.IGNORECASE,
)
"""What numbers a question. `Q8 hours` is a dosing interval, and `0. 5 mg` a broken number."""
_Q_MARK = re.compile(
    r"\s*(?:\*\*\s*)?Q(?:uestion|ues)?\s*\.?\s*\d{0,3}\s*[:.)](?!\w)", re.IGNORECASE
)
ANSWER_MARK = re.compile(
    r"[\s*]*(?:A(?:ns|nswer)?\s*(?:\**\s*:|\d{1,3}\s*\**\s*:(?!\d))|A\d{1,3}[.)](?=\s)"
    r"|Ans(?:wer)?\s*\d{0,3}\s*[.\-–—](?=\s))[\s*]*",
    re.IGNORECASE,
)
"""What begins an answer: `A:`, `**A**:`, `Ans.`, but not `A 40:1 ratio`."""
_A_INSIDE = re.compile(r"\s(?:\*\*)?A(?:ns|nswer)?\s*\d{0,3}\s*:(?=\s|\*|$)")
ON_ONE_LINE = re.compile(r"\?(?=\s+(?:\*\*)?[A-Z](?!.*\?$))")
"""Where the question ends in a heading that holds the answer too (`Q1: Is it safe? A: Yes.`)."""
_BRACKETED = re.compile(r"([A-Z][^?()\n]{3,300}\?)\s*(\((?:[^()]|\([^()]*\))*\)[.,;]?)\s*")


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
        return collapse(inline_text(self.question))


class Piece(NamedTuple):
    """A question with its answer, as runs of one paragraph."""

    start: int
    question: tuple[Run, ...]
    answer: tuple[Run, ...]
    style: str


def question_item(item: Block) -> Piece | None:
    """The pair in a list item that asks one question with its first words."""
    first = item.children[0] if item.children else None
    if first is None or first.kind != "paragraph":
        return None
    found = list(pairs_in(first.runs, listed=True))
    if len(found) != 1 or found[0].start:
        return None
    piece = found[0]
    return (
        piece
        if inline_text(piece.answer).strip() or len(item.children) > 1 or piece.style != "plain"
        else None
    )


def pairs_in(runs: Sequence[Run], *, listed: bool) -> Iterator[Piece]:
    """The pairs in one paragraph: question runs, answer runs, and the index of the run where each
    starts."""
    runs = tuple(runs)
    if len(runs) > MAX_RUNS:
        return
    starts = [at for at in range(len(runs)) if _starts_question(runs, at, listed=listed)]
    if starts:
        for n, at in enumerate(starts):
            end = starts[n + 1] if n + 1 < len(starts) else len(runs)
            style = (
                "item"
                if listed
                else "inline"
                if len(starts) > 1 or runs[at].kind == "em"
                else "line"
            )
            yield _divide(runs, at, end, style)
        return
    if listed and runs and (trim(runs) or runs)[0].kind == "text":
        text = inline_text(runs)
        mark = text.find("?")
        if (
            0 < mark < 250
            and "\n" not in text[:mark].strip()
            and not re.search(r"[.!;]\s", text[:mark])
        ):
            yield Piece(
                0, slice_runs(runs, 0, mark + 1), slice_runs(runs, mark + 1, len(text)), "plain"
            )
        return
    text = inline_text(runs)
    pairs = list(_BRACKETED.finditer(text)) if "? (" in text or "?  (" in text else []
    if pairs and sum(len(m.group(0)) for m in pairs) >= 0.8 * len(text):
        first = pairs[0].start()
        if text[:first].strip():
            return
        for n, pair in enumerate(pairs):
            end = pairs[n + 1].start() if n + 1 < len(pairs) else len(text)
            yield Piece(
                0, slice_runs(runs, *pair.span(1)), slice_runs(runs, pair.start(2), end), "inline"
            )


def _starts_question(runs: tuple[Run, ...], at: int, *, listed: bool) -> bool:
    run = runs[at]
    text = run.text.strip()
    before = inline_text(runs[:at])
    new_line = not before.strip() or (not listed and runs[at - 1].kind == "break")
    if run.kind in ("strong", "em"):
        if new_line:
            if re.fullmatch(r"Q(?:uestion)?\s*\d*", text, re.IGNORECASE):  # `**Q**: Is it safe?`
                return at + 1 < len(runs) and runs[at + 1].text.startswith(":")
            return (
                bool(_Q_MARK.match(text))
                or _asks(text)
                or (run.kind == "strong" and listed and "?" in text)
            )
        same = not listed and trim(runs)[0].kind == run.kind and _asks(trim(runs)[0].text)
        return same and _asks(text) and len(text) > 8
    return run.kind == "text" and new_line and _Q_MARK.match(run.text) is not None


def _asks(text: str) -> bool:
    return re.search(r"\?[\s\"'”’)*_:.]*$", text) is not None


def _divide(runs: tuple[Run, ...], at: int, end: int, style: str) -> Piece:
    """The question and the answer in the runs from `at` to `end`."""
    run = runs[at]
    if run.kind in ("strong", "em") and len(_Q_MARK.sub("", run.text.strip(), count=1).strip()) > 2:
        inside = _A_INSIDE.search(run.text)
        if inside:
            piece = runs[at:end]
            return Piece(
                at,
                slice_runs(piece, 0, inside.start()),
                slice_runs(piece, inside.start(), None),
                style,
            )
        return Piece(at, runs[at : at + 1], runs[at + 1 : end], style)
    piece = runs[at:end]
    text = inline_text(piece)
    inside = _A_INSIDE.search(text)
    mark = text.find("?")
    line = text.find("\n", len(text) - len(text.lstrip()))
    if inside:
        cut = inside.start()
    elif mark >= 0 and (line < 0 or mark < line):
        cut = mark + 1
    else:
        cut = line if line >= 0 else len(text)
    return Piece(at, slice_runs(piece, 0, cut), slice_runs(piece, cut, None), style)


def clean_question(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A question without its mark or number (`Q1:`)."""
    runs = trim(runs)
    match = _Q.match(inline_text(runs))
    return (
        trim(cut_prefix(runs, match.end()))
        if match and match.end() < len(inline_text(runs))
        else runs
    )


def without_marker(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """An answer without its mark (`A:`), or the colon or dash left of one. A dash before a digit may
    be a minus."""
    runs = trim(runs)
    text = inline_text(runs)
    match = ANSWER_MARK.match(text)
    if match:
        return cut_prefix(runs, match.end())
    colon = re.match(r"\s*(?::|[–—-](?!\s+\d))\s+", text)
    return cut_prefix(runs, colon.end()) if colon else runs
