"""How questions and answers announce themselves: `Q1:`, `**A:**`, a question mark at the end. Body,
headings and front matter recognise the same prefixes."""

from __future__ import annotations

import re

from ..regex import regex

# Repeats of blanks give nothing back (`*+`): with several in a row, each would try every length.
_Q = r"(?:Q(?:uestion|ues)?|Pregunta)\s*+\.?\s*+\d{0,3}\s*+"
_A = r"(?:A(?:ns|nswer)?|Respuesta)\s*+(?:\**+\s*+:|\d{1,3}\s*+\**+\s*+:(?!\d))"

QUESTION_PREFIX = regex(rf"(?<!\s)\s*(?:\*\*\s*)?{_Q}[:.)](?!\w)", re.IGNORECASE)
"""What begins a question: `Q:`, `**Q1.`, `Question 2)`."""
_INTERVAL_UNIT = r"(?:h|hrs?|hours?|hourly|days?|weeks?|months?)\b"
QUESTION_NUMBER = regex(
    rf"\s*(?:\*\*\s*)?(?:{_Q}[:.)\-–—](?!\w)|Q\d{{1,3}}\s++(?!{_INTERVAL_UNIT})"
    r"|\d{1,2}[.)]\s++(?!\d))\s*",
    re.IGNORECASE,
)
"""What is taken off a question, once it is known to be one: its prefix, or a number (`3.`). `Q8
hours` is a dosing interval, and `0. 5 mg` a broken number."""
BARE_QUESTION_PREFIX = regex(r"(?:Q(?:uestion|ues)?|Pregunta)\s*\d*", re.IGNORECASE)
"""A prefix whose colon is outside the bold: `**Q**: Is it safe?`."""
ANSWER_PREFIX = regex(
    rf"[\s*]*(?:{_A}|A\d{{1,3}}[.)](?=\s)|Ans(?:wer)?\s*+\d{{0,3}}\s*+[.\-–—](?=\s))[\s*]*",
    re.IGNORECASE,
)
"""What begins an answer: `A:`, `**A**:`, `Ans.`; but not `A 40:1 ratio`."""
ANSWER_PREFIX_INSIDE = regex(r"\s(?:\*\*)?(?:A(?:ns|nswer)?|Respuesta)\s*+\d{0,3}\s*+:(?=\s|\*|$)")
"""An answer's prefix within the text of its question. Only in upper case: "a:" may be a word."""
ANSWER_AFTER_QUESTION = regex(rf"\?[*_]*+\s(?:[\s*_]*\s)?\**+{_A}", re.IGNORECASE)
"""A question mark and the prefix of the answer after it."""

_NUMBERED = regex(rf"\W*{_Q}[:.)](?!\w)", re.IGNORECASE)
_QUESTION_END = regex(r"\?[\s\"'”’)*_:.]*$")


_QUESTION_STARTS = "QqPp"
"""The letters with which a prefix of a question can begin."""
_ANSWER_STARTS = "AaRr"
"""The same for an answer. Most texts begin with another letter, and need not be compared."""


def question_prefix(text: str) -> re.Match[str] | None:
    """The prefix at the beginning of a question (see QUESTION_PREFIX)."""
    return None if _begins_otherwise(text, _QUESTION_STARTS) else QUESTION_PREFIX.match(text)


def question_number(text: str) -> re.Match[str] | None:
    """The prefix or number at the beginning of a question (see QUESTION_NUMBER)."""
    return None if _begins_otherwise(text, _QUESTION_STARTS) else QUESTION_NUMBER.match(text)


def without_question_prefix(text: str) -> str:
    """A text without its first prefix of a question, wherever it is."""
    has_end = ":" in text or "." in text or ")" in text  # as few questions have
    return QUESTION_PREFIX.sub("", text, count=1) if has_end else text


def answer_prefix(text: str) -> re.Match[str] | None:
    """The prefix at the beginning of an answer (see ANSWER_PREFIX)."""
    return None if _begins_otherwise(text, _ANSWER_STARTS) else ANSWER_PREFIX.match(text)


def is_bare_question_prefix(text: str) -> bool:
    """Whether a text is a prefix of a question without its colon."""
    return text[:1] in _QUESTION_STARTS and BARE_QUESTION_PREFIX.fullmatch(text) is not None


def ends_as_question(text: str) -> bool:
    """Whether a text ends in a question mark, but for quotes, brackets and markup."""
    return text.endswith("?") or ("?" in text and _QUESTION_END.search(text) is not None)


def is_question(text: str) -> bool:
    """Whether a heading or lead is a question: it ends in a question mark or has the prefix of
    one."""
    return ends_as_question(text) or (
        not _begins_otherwise(text, _QUESTION_STARTS) and _NUMBERED.match(text) is not None
    )


def _begins_otherwise(text: str, letters: str) -> bool:
    """Whether a text begins with another letter than these."""
    first = text[:1]
    return first.isalpha() and first not in letters
