"""Questions in front matter: repaired where the repair is certain, and compared with the body's.

Importers have left `q` holding question and answer together (`…?**\\n\\n**A:** …`) and `a` starting
with the answer's prefix (`A:** …`). The body is the source; the questions of front matter are used
only where the body has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from ..model.source import Span
from ..model.strings import collapse, squash
from ..regex import regex
from ..source.schema import FaqText
from .faq_prefixes import ANSWER_AFTER_QUESTION, answer_prefix, question_prefix

_SPLIT = regex(rf"{ANSWER_AFTER_QUESTION.pattern}|\?\s*\*\*|\n\s*\n", re.IGNORECASE)
_MARKUP = regex(r"(?:[\s*]|#+\s)*")
_FRAGMENT = regex(r"^\s*#{1,6}\s|:\*\*|\n[^\S\n]*#{1,6}\s")


class RepairedFaq(Struct, frozen=True):
    """A question and answer of front matter, as the author meant them."""

    question: str
    answer: str
    """Markdown."""
    span: Span


class FrontFaqs(Struct, frozen=True):
    """What the questions of front matter became."""

    pairs: tuple[RepairedFaq, ...] = ()
    repaired: int = 0
    """How many had to be repaired."""
    uncertain: tuple[RepairedFaq, ...] = ()
    """The pairs that were divided where no answer's prefix is, or that hold several questions."""
    fragments: tuple[FaqText, ...] = ()
    """Entries that are not a question, but a piece of a section that an importer took for one."""


def repair_faqs(entries: Sequence[FaqText]) -> FrontFaqs:
    """Repair the entries. An entry is a question if it ends in a question mark and is not a piece
    of a section."""
    pairs: list[RepairedFaq] = []
    uncertain: list[RepairedFaq] = []
    fragments: list[FaqText] = []
    repaired = 0
    for entry in entries:
        question, answer, changed = _repair(entry)
        if question.endswith("?") and not _is_fragment(question):
            pairs.append(RepairedFaq(question, answer, entry.span))
            repaired += changed
            if changed and not _is_certain(entry.question, question):
                uncertain.append(pairs[-1])
        else:
            fragments.append(entry)
    return FrontFaqs(tuple(pairs), repaired, tuple(uncertain), tuple(fragments))


def _is_fragment(question: str) -> bool:
    """Whether a question is a piece of a section that an importer took for one."""
    return ("#" in question or "*" in question) and _FRAGMENT.search(question) is not None


def certain_repair(question: str, answer: str) -> tuple[str, str] | None:
    """The question and the answer of a damaged entry, where the repair is certain and leaves out no
    words but those that the answer repeats; None where it is not, or nothing is damaged."""
    repaired_question, repaired_answer, changed = _repair(FaqText(question, answer, Span()))
    is_question = repaired_question.endswith("?") and not _is_fragment(repaired_question)
    if not changed or not is_question or not _is_certain(question, repaired_question):
        return None
    inside = squash(_without(answer_prefix, question.partition("?")[2]))
    return (repaired_question, repaired_answer) if inside in squash(repaired_answer) else None


def is_same_text(text: str, other: str) -> bool:
    """Whether two texts are the same but for markup, spacing and punctuation."""
    return text == other or squash(text) == squash(other)


def _is_certain(entry: str, question: str) -> bool:
    """Whether what follows the question in an entry is certainly its answer: it has an answer's
    prefix, or is empty."""
    _, _, rest = entry.partition("?")
    has_prefix = answer_prefix(rest) is not None
    return question.count("?") == 1 and (not rest.strip("* \n") or has_prefix)


def _repair(entry: FaqText) -> tuple[str, str, bool]:
    """Question, answer, and whether they differ from what the entry says."""
    question, answer = entry.question.strip(), entry.answer.strip()
    is_whole = question.find("?") in (-1, len(question) - 1)
    split = None if is_whole else _SPLIT.search(question)
    inside = ""
    if split:
        end = split.start() if split.group().startswith("?") else question.index("?")
        question, inside = question[: end + 1], question[end + 1 :]
    cleaned = collapse(_without(question_prefix, _without(_MARKUP.match, question))).strip("* ")
    bare = _without(answer_prefix, answer)
    if not bare and inside:
        bare = _without(answer_prefix, inside)
    return cleaned, bare.strip(), cleaned != entry.question.strip() or bare.strip() != answer


def _without(prefix: Callable[[str], re.Match[str] | None], text: str) -> str:
    """A text without such a prefix at its beginning."""
    match = prefix(text)
    return text[match.end() :] if match else text
