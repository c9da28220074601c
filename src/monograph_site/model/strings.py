"""Text compared and shortened: folding, words, slugs, digests."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+", re.UNICODE)


_SPACE = re.compile(r"\s+")


_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())
"""ISO 15924 codes of scripts written from right to left."""
_RTL_LANGUAGES = frozenset(
    "ar arc azb ckb dv fa ha he iw khw ks ku mzn nqo pnb ps sd syr ug ur yi".split()
)
"""Languages that CLDR lists as usually written in one of these scripts."""
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


def anchor_of(text: str) -> str:
    """The id of a heading: its ASCII slug; where most of its letters have no ASCII form, a slug of
    the letters themselves (`побочные-действия`); a short digest where it has neither letter nor
    digit, so that an id depends on its own heading alone."""
    ascii_slug = slugify(text)
    letters = sum(map(str.isalpha, text))
    if ascii_slug and 2 * sum(map(str.isalpha, ascii_slug)) >= letters:
        return ascii_slug
    # Marks belong to the letters before them: scripts such as Devanagari write vowels with them.
    folded = unicodedata.normalize("NFC", fold(text))
    kept = (char if unicodedata.category(char)[0] in "LNM" else " " for char in folded)
    return "-".join("".join(kept).split()) or f"section-{digest(text)[:6]}"


def is_language_tag(text: str) -> bool:
    """Whether a text has the form of a language tag of BCP 47, such as `en`, `pt-BR` or `zh-Hant`."""
    return _LANGUAGE_TAG.fullmatch(text) is not None


def direction(tag: str) -> str:
    """The direction in which a language is written: `rtl` or `ltr`, by its script if the tag names
    one, else by the script it is usually written in."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    is_rtl = script in _RTL_SCRIPTS if script else language in _RTL_LANGUAGES
    return "rtl" if is_rtl else "ltr"


def printable(text: str) -> str:
    """The text on one line and without invisible characters, which become their escapes: content
    must be able neither to break a message nor to speak to the terminal that shows it."""
    return (
        text
        if text.isprintable()
        else "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
    )
