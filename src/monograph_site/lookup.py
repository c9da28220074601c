"""Findings by what people call them: a code, the beginning of one, or a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .diagnostics import Finding, selects
from .known import findings, is_known, meant
from .problems import Refusal

_CODE = re.compile(r"[EWI]?\d{0,3}", re.IGNORECASE)


def known_words(given: Iterable[str]) -> tuple[str, ...]:
    """The words of an option, each repeated or parted by commas, codes in capitals. `Refusal` for one that means
    no finding."""
    words = [word.strip() for part in given for word in part.split(",") if word.strip()]
    made = tuple(word.upper() if _CODE.fullmatch(word) else word for word in words)
    for word in made:
        if not is_known(word):
            raise Refusal(_unknown(word))
    return made


def _unknown(word: str) -> str:
    """What to say of a word that means no finding."""
    return f"no finding is called {word!r}. {meant(word)}"


def optional(words: Iterable[str]) -> tuple[str, ...]:
    """The names of the optional findings that words ask for: by name or with a digit, since `W` alone means no single
    one of them. Names, and no others, so that no other word makes the site be read anew."""
    digits = [word for word in words if re.search(r"\d", word) or not _CODE.fullmatch(word)]
    return tuple(one.name for one in findings() if one.optional and any(selects(word, one) for word in digits))


def named(word: str) -> Finding:
    """The finding of a code, with or without its letter, or of a name, in any case. `Refusal` where there is
    none."""
    wanted = word.strip().lower()
    for one in findings():
        if wanted in (one.name, one.code.lower(), one.code[1:]):
            return one
    raise Refusal(_unknown(word))
