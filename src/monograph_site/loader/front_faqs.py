"""Questions kept in front matter: repaired where the repair is certain, and compared with the
body's.

Importers have left `q` holding question and answer together (`…?**\\n\\n**A:** …`) and `a` starting
with the answer's mark (`A:** …`). The body is the source; front matter serves only where the body
has no question at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.source import Span
from ..model.strings import collapse, squash
from ..source.schema import FaqText

_SPLIT = re.compile(r"\?[\s*_]*(?:\n|\s)\s*\**\s*A\d*\s*\**\s*:|\?\s*\*\*|\n\s*\n", re.IGNORECASE)
_ANSWER = re.compile(r"[\s*]*A(?:nswer)?(?:\s*\**\s*:|\d+\s*\**\s*:(?!\d))[\s*]*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[\s*]|#+\s)*(?:Q(?:uestion)?\s*\d*\s*[:.)]\s*)?", re.IGNORECASE)
_FRAGMENT = re.compile(r"^\s*#{1,6}\s|:\*\*|\n\s*#{1,6}\s")


@dataclass(frozen=True, slots=True)
class RepairedFaq:
    """A front matter pair as it was meant."""

    question: str
    answer: str
    """Markdown."""
    span: Span


@dataclass(frozen=True, slots=True)
class FrontFaqs:
    """What came of the front matter's questions."""

    pairs: tuple[RepairedFaq, ...] = ()
    repaired: int = 0
    """How many had to be repaired."""
    uncertain: tuple[RepairedFaq, ...] = ()
    """Those of the pairs that were divided at a place no answer's mark names, or that hold several
    questions."""
    fragments: tuple[FaqText, ...] = ()
    """Entries that are no question (a piece of a section that an importer took for one)."""


def repair(entries: Sequence[FaqText]) -> FrontFaqs:
    """Repair the entries; an entry is a question only if it has a question mark and is no piece of
    a section."""
    pairs: list[RepairedFaq] = []
    uncertain: list[RepairedFaq] = []
    fragments: list[FaqText] = []
    repaired = 0
    for entry in entries:
        question, answer, touched = _repair(entry)
        if question.endswith("?") and not _FRAGMENT.search(question):
            pairs.append(RepairedFaq(question, answer, entry.span))
            repaired += touched
            if touched and not _is_certain(entry.question, question):
                uncertain.append(pairs[-1])
        else:
            fragments.append(entry)
    return FrontFaqs(tuple(pairs), repaired, tuple(uncertain), tuple(fragments))


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, apart from markup, spacing and punctuation."""
    return one == other or squash(one) == squash(other)


def _is_certain(entry: str, question: str) -> bool:
    """Whether what stands behind the question was its answer for certain: nothing, or what an
    answer's mark begins."""
    _, _, rest = entry.partition("?")
    return question.count("?") == 1 and (not rest.strip("* \n") or _ANSWER.match(rest) is not None)


def _repair(entry: FaqText) -> tuple[str, str, bool]:
    question, answer = entry.question.strip(), entry.answer.strip()
    parts = _SPLIT.search(question)
    inside = ""
    if parts and "?" in question:
        mark = (
            question.index("?") + 1 if parts.group().startswith("?") is False else parts.start() + 1
        )
        question, inside = question[:mark], question[mark:]
    cleaned = collapse(question[_match_end(_NUMBER, question) :]).strip("* ")
    bare = answer[_match_end(_ANSWER, answer) :]
    if not bare and inside:
        bare = inside[_match_end(_ANSWER, inside) :]
    return cleaned, bare.strip(), cleaned != entry.question.strip() or bare.strip() != answer


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0
