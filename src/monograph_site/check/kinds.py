"""All kinds of finding, and the words by which people name them.

Importing this module imports every rule: a check in which nothing changed does without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from .. import rules
from ..config import findings as _config  # noqa: F401  importing a module of findings declares them
from ..model.errors import UsageProblem
from ..model.finding import FINDINGS, FindingKind, selects
from ..model.suggest import did_you_mean
from ..regex import regex
from ..site import findings as _site  # noqa: F401  see above
from ..source import (  # noqa: F401  see above
    findings_data,
    findings_file,
    findings_front_matter,
    findings_yaml,
)
from . import findings as _check  # noqa: F401  see above

_CODE = regex(r"[EWI]?\d{0,3}", re.IGNORECASE)
"""A code or the beginning of one, with or without its letter."""


@cache
def findings() -> tuple[FindingKind, ...]:
    """All kinds of finding, by the number of their code."""
    rules.rules()
    return tuple(sorted(FINDINGS.values(), key=lambda kind: kind.code[1:]))


def is_known(word: str) -> bool:
    """Whether a word selects any kind of finding (see `selects`)."""
    return any(selects(word, kind) for kind in findings())


def suggestion(word: str) -> str:
    """What to do about a word that selects no finding: the nearest name or code, or where all are
    listed."""
    choices = [choice for kind in findings() for choice in (kind.name, kind.code)]
    return did_you_mean(word, choices) or "`monograph-site rules` lists all of them."


def split_words(values: Iterable[str]) -> tuple[str, ...]:
    """The words of a repeatable option whose values may hold several, separated by commas; codes in
    capitals. Raises UsageProblem for a word that selects no finding."""
    parts = [part.strip() for value in values for part in value.split(",") if part.strip()]
    words = tuple(part.upper() if _CODE.fullmatch(part) else part for part in parts)
    for word in words:
        if not is_known(word):
            raise UsageProblem(_unknown(word))
    return words


def _unknown(word: str) -> str:
    return f"no finding is called {word!r}. {suggestion(word)}"


def optional_selected(words: Iterable[str]) -> tuple[str, ...]:
    """The names of the optional findings that words select by name or by a code with a digit: a
    letter alone selects none, or `--select W` would turn all of them on.

    Only names are returned, so that different words for the same findings share one cached result.
    """
    specific = [word for word in words if re.search(r"\d", word) or not _CODE.fullmatch(word)]
    return tuple(
        kind.name
        for kind in findings()
        if kind.optional and any(selects(word, kind) for word in specific)
    )


def find_kind(word: str) -> FindingKind:
    """The kind of finding with a code, with or without its letter, or with a name; case does not
    matter. Raises UsageProblem where there is none."""
    lower = word.strip().lower()
    for kind in findings():
        if lower in (kind.name, kind.code.lower(), kind.code[1:]):
            return kind
    raise UsageProblem(_unknown(word))
