"""Text compared and shortened: folding, words, slugs, digests."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+", re.UNICODE)


_SPACE = re.compile(r"\s+")


_NAME = 80  # characters: no name is longer


def digest(*parts: bytes | str) -> str:
    """A 128-bit hex digest of the parts; the length of each part is hashed too, so parts can't run
    together."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()


def collapse(text: str) -> str:
    """The text on one line: runs of white space become one space."""
    return _SPACE.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison (NFKC, case)."""
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """The text for comparing names and addresses: NFKC, case folded."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def squash(text: str) -> str:
    """Letters and digits only, folded: 'Fusidic Acid' and 'fusidicacid' are one name."""
    return (
        _squashed(text)
        if len(text) < _NAME
        else "".join(_WORD.findall(fold(text))).replace("_", "")
    )


@lru_cache(maxsize=65536)
def _squashed(name: str) -> str:
    """Names come again and again: in a title, as an ingredient, at every change of the site."""
    return "".join(_WORD.findall(fold(name))).replace("_", "")


def slugify(text: str) -> str:
    """An ASCII slug, words joined by hyphens; empty where the text has no letter or digit with an
    ASCII form."""
    ascii_text = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text))


def printable(text: str) -> str:
    """The text on one line and without invisible characters, which become their escapes: content
    must be able neither to break a message nor to speak to the terminal that shows it."""
    return (
        text
        if text.isprintable()
        else "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
    )
