"""foreign-script (W221)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_LETTERS = (
    "\u0400-\u052f\u0531-\u058f\u05d0-\u05ea\u0620-\u074a\u0900-\u0dff\u0e01-\u0e5b\u10a0-\u10ff"
    "\u1100-\u11ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
_RANGES = tuple(zip(_LETTERS[::3], _LETTERS[2::3], strict=True))
_WORDS = regex(f"[{_LETTERS}]{{2,}}(?:[ -][{_LETTERS}]{{2,}})*|[\u3400-\u9fff]")
_SENTENCE_BEFORE = regex(r"[a-z,;] ?$")
_SENTENCE_AFTER = regex(r" ?[a-z]")
_LATIN = regex(r"[A-Za-z]")


@rule("W221", "foreign-script", about=_subjects.non_ascii)
def foreign_script(page: Draft) -> Iterator[Problem]:
    """Words in another script in the middle of a sentence in Latin letters. Each place is reported.

    Why it matters: language models slip into another language, and the reader cannot read the word
    that matters.

    Wrong: `Take it with воды after meals.`

    Right: `Take it with water after meals.`

    How to fix: write the word in the page's language. Names in brackets, in quotation marks or
    alone in a list are not reported.
    """
    if not any(map(_is_letter, page.non_ascii)):
        return
    text = page.prose
    matches = list(_WORDS.finditer(text))
    if sum(len(match.group()) for match in matches) > len(_LATIN.findall(text)):
        return  # a page in another language
    for match in matches:
        before = _SENTENCE_BEFORE.search(text, max(0, match.start() - 2), match.start())
        if before and _SENTENCE_AFTER.match(text, match.end()):
            message = f"{match.group()[:40]!r} is in another script than the sentence around it."
            yield page.match(match, f"{message}\nWrite it in the page's language.")


@lru_cache(maxsize=4096)
def _is_letter(character: str) -> bool:
    """Whether a character is one of `_LETTERS`. A pattern with so many takes long to compile, and
    few pages have one."""
    return any(first <= character <= last for first, last in _RANGES)
