"""The words by which two wordings of one statement are recognised (`terms.txt`)."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, field

from ..model.strings import fold
from ..regex import regex

_WORD = regex(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SUFFIXES = (
    "ations", "ation", "ingly", "ements", "ement", "ings", "ing", "ies", "ied", "edly", "ed", "es",
    "ly", "s", "e",
)  # fmt: skip
MIN_STEM = 4
"""Letters that a word keeps when an ending is taken off."""
_DOUBLED = regex(r"([bdglmnprt])\1$")


class Vocabulary(Struct, frozen=True):
    """What `terms.txt` says, by the stems of words."""

    phrases: re.Pattern[str]
    """Matches the phrases of several words that have another of the same meaning, in stems."""
    meaning: dict[str, str] = field(default_factory=dict)
    """The word that stands for each of them."""
    neutral: frozenset[str] = frozenset()
    """Stems of words without a meaning of their own."""
    opposites: tuple[tuple[str, str], ...] = ()
    """Pairs of stems of which one changes what the other says."""
    in_opposites: frozenset[str] = frozenset()
    """The words of all these pairs."""


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without its ending: `tablets`, `treated` and `treating` have the stems of `tablet` and
    `treat`. Good enough to compare two wordings; no more is asked of it."""
    for suffix in _SUFFIXES:
        if (
            word.endswith(suffix)
            and len(word) - len(suffix) >= MIN_STEM
            and not word.endswith("ss")
        ):
            short = word[: -len(suffix)]
            if suffix in ("ies", "ied"):
                short += "y"
            elif suffix in ("ing", "ings", "ed"):
                short = _DOUBLED.sub(r"\1", short)
            word = short
            break
    return word[:-1] + "i" if word.endswith("y") and len(word) > MIN_STEM else word


def stems(text: str) -> list[str]:
    """The stems of the words of a text, each replaced by the one that stands for its meaning."""
    vocabulary = load_vocabulary()
    meaning = vocabulary.meaning
    text = " ".join(map(stem, _WORD.findall(fold(text).replace("’", "'"))))
    text = vocabulary.phrases.sub(lambda match: meaning[match[0]], text)
    return [meaning.get(word, word) for word in text.split()]


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    text = files(__package__).joinpath("terms.txt").read_text("utf-8")
    meaning: dict[str, str] = {}
    neutral: set[str] = set()
    opposites: list[tuple[str, str]] = []
    block = ""
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            block = line[1:-1]
        elif not line.strip() or line.startswith("# ") or line == "#":
            continue
        elif block == "=":
            phrases = [_stemmed(phrase) for phrase in line.split(" = ")]
            known = (meaning[phrase] for phrase in phrases if phrase in meaning)
            shared = next(known, phrases[0].replace(" ", "_"))
            for phrase in phrases:
                meaning.setdefault(phrase, shared)
        elif block == "-":
            neutral.update(map(stem, line.split()))
        else:
            left, _, right = line.partition(" <> ")
            opposites.append((_stemmed(left), _stemmed(right)))
    longest_first = sorted((phrase for phrase in meaning if " " in phrase), key=len, reverse=True)
    pattern = re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\S)")
    pairs = tuple((meaning.get(left, left), meaning.get(right, right)) for left, right in opposites)
    return Vocabulary(
        pattern,
        meaning,
        frozenset(meaning.get(word, word) for word in neutral),
        pairs,
        frozenset(word for pair in pairs for phrase in pair for word in phrase.split()),
    )


def _stemmed(phrase: str) -> str:
    return " ".join(map(stem, _WORD.findall(phrase.strip())))
