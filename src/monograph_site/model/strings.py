"""Text compared and shortened: folding, words, slugs, digests."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Any

from xxhash import xxh3_128

from ..regex import regex

_ENTITY = regex(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{2,7}|#x[0-9A-Fa-f]{2,6});")
_WORD = regex(r"\w+", re.UNICODE)
_LANGUAGE_TAG = regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TWO_LETTER_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de"
    " dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id"
    " ie ig ii ik io is it iu iw ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu"
    " lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu"
    " rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to"
    " tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
"""ISO 639-1, and the former `iw` of Hebrew."""
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())
"""ISO 15924 codes of scripts written from right to left."""
_RTL_LANGUAGES = frozenset(
    "ar arc azb ckb dv fa ha he iw khw ks ku mzn nqo pnb ps sd syr ug ur yi".split()
)
"""Languages that CLDR lists as usually written in one of these scripts."""
MAX_COUNTED_LETTERS = 300
"""Characters of a text by which its direction is told."""
_LOWER = bytes(range(256)).lower()
"""A table for `bytes.translate`, which takes a fraction of the time of a pattern."""
_NOT_ALPHANUMERIC = bytes(code for code in range(128) if not chr(code).isalnum())
_FOLDED_WORDS = _LOWER.translate(
    bytes(code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(256))
)
_SLUG_WORDS = _FOLDED_WORDS.replace(b"_", b" ")
_RAISED = regex(r"(?<=\w)(?:~(?=\d{1,3}~)|\^(?=[+-]?\d{1,3}[+-]?\^))([\d+-]+)[~^]")
_DIGITS_OF = {
    "~": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
    "^": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
}
_MAX_CACHED_LENGTH = 80
"""Characters of a text that may be a name; the squashed form of a longer text is not kept."""


def digest(*parts: bytes | str) -> str:
    """A 128-bit digest of the parts in hexadecimal, for caches and comparisons. The length of each
    part is hashed too: other parts with the same bytes give another digest.

    XXH3 is many times as fast as a cryptographic hash, and a build hashes all that it reads and
    writes. Collisions do not happen by chance; whoever made one would only deceive their own cache.
    Another version may use another hash: see `lasting_digest`.
    """
    return _hexdigest(xxh3_128(), parts)


def lasting_digest(*parts: bytes | str) -> str:
    """The same by BLAKE2b, for what outlives a version: addresses, baselines."""
    from hashlib import blake2b  # loads OpenSSL: a run with nothing to do need not

    return _hexdigest(blake2b(digest_size=16), parts)


def _hexdigest(state: Any, parts: Iterable[bytes | str]) -> str:
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    result: str = state.hexdigest()
    return result


def collapse(text: str) -> str:
    """The text on one line: each run of white space becomes one space."""
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """The words of a text, folded for comparison (NFKC, case)."""
    if text.isascii():
        return text.encode().translate(_FOLDED_WORDS).decode().split()
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """The text for comparing names and addresses: NFKC, case folded."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


_OWN_LETTERS = {
    "es": {"ñ": "n\uffff"},
    "gl": {"ñ": "n\uffff"},
    "da": {"æ": "z\ufffd", "ø": "z\ufffe", "å": "z\uffff"},
    "nb": {"æ": "z\ufffd", "ø": "z\ufffe", "å": "z\uffff"},
    "sv": {"å": "z\ufffd", "ä": "z\ufffe", "ö": "z\uffff"},
    "fi": {"å": "z\ufffd", "ä": "z\ufffe", "ö": "z\uffff"},
}
"""Letters with a place of their own in the alphabet of a language (CLDR collation), as what they come
after; in other languages they are letters with an accent."""


def sort_key(text: str, language: str) -> str:
    """A key that puts names in the order of a language: in most, accents make no difference. English
    names are compared as they are written."""
    folded = fold(text)
    if folded.isascii():
        return folded
    main = language.partition("-")[0].lower()
    if main == "en":
        return folded
    for letter, replacement in _OWN_LETTERS.get(main, {}).items():
        folded = folded.replace(letter, replacement)
    letters = unicodedata.normalize("NFD", folded)
    return "".join(char for char in letters if not unicodedata.combining(char))


def squash(text: str) -> str:
    """Letters and digits only, folded: 'Fusidic Acid' and 'fusidicacid' are one name."""
    return _squash_cached(text) if len(text) < _MAX_CACHED_LENGTH else _squash(text)


def _squash(text: str) -> str:
    if text.isascii():
        return text.encode().translate(_LOWER, _NOT_ALPHANUMERIC).decode()
    return "".join(_WORD.findall(fold(text))).replace("_", "")


_squash_cached = lru_cache(maxsize=65536)(_squash)
"""The same names occur as titles, as ingredients, and in every build of a preview."""


def slugify(text: str) -> str:
    """An ASCII slug, words joined by hyphens; empty where the text has no letter or digit with an
    ASCII form."""
    folded = text if text.isascii() else unicodedata.normalize("NFKD", fold(text))
    return "-".join(folded.encode("ascii", "ignore").translate(_SLUG_WORDS).decode().split())


MAX_HEADING_ID = 80
"""Characters of a heading's id."""


def anchor_of(text: str) -> str:
    """The id of a heading: its ASCII slug; where most of its letters have no ASCII form, a slug of
    the letters themselves in NFC (`побочные-действия`); a short digest where it has neither letter
    nor digit. So an id depends on its own heading alone."""
    ascii_slug = slugify(text)
    if ascii_slug and text.isascii():
        return ascii_slug
    letters = sum(map(str.isalpha, text))
    if ascii_slug and 2 * sum(map(str.isalpha, ascii_slug)) >= letters:
        return ascii_slug
    if not any(map(str.isalnum, text)):
        return f"section-{lasting_digest(text)[:6]}"
    # Not case-folded: an author who types a word of the heading as a link writes `ς`, not `σ`.
    lower = unicodedata.normalize("NFC", text.lower())
    return "-".join("".join(map(_anchor_character, lower)).split())


@lru_cache(maxsize=4_096)  # pages have the same headings
def heading_id(words: str) -> str:
    """The id of a heading of these words: `anchor_of`, of a limited length."""
    return anchor_of(words)[:MAX_HEADING_ID].strip("-")


def _anchor_character(char: str) -> str:
    """What becomes of a character in an anchor. Marks belong to the letters before them: scripts
    such as Devanagari write vowels with them. Joiners (Unicode category Cf) stand inside words."""
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return char if category[0] in "LNM" else " "


def is_language_tag(text: str) -> bool:
    """Whether a text has the form of a language tag of BCP 47, such as `en`, `pt-BR` or `zh-Hant`."""
    return _LANGUAGE_TAG.fullmatch(text) is not None


def with_characters(text: str) -> str:
    """A text with the characters that HTML's entities in it name: `Pr&aacute;ctica`."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def with_raised_digits(text: str) -> str:
    """A line of plain text in which `CO~2~` is CO₂ and `10^9^` is 10⁹, as Markdown has them."""
    if "~" not in text and "^" not in text:
        return text
    return _RAISED.sub(lambda mark: mark[1].translate(_DIGITS_OF[mark[0][0]]), text)


def is_known_language(text: str) -> bool:
    """Whether a text is a language tag whose language exists; of three letters any may."""
    language = text.partition("-")[0].lower()
    return is_language_tag(text) and (len(language) == 3 or language in _TWO_LETTER_LANGUAGES)


def direction(tag: str) -> str:
    """The direction in which a language is written: `rtl` or `ltr`, by its script if the tag names
    one, else by the script it is usually written in."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    is_rtl = script in _RTL_SCRIPTS if script else language in _RTL_LANGUAGES
    return "rtl" if is_rtl else "ltr"


def written_direction(text: str) -> str:
    """The direction of most letters of a text: `rtl` or `ltr`; '' for a text without letters."""
    if text.isascii():
        return "ltr" if text else ""
    counts = Counter(map(unicodedata.bidirectional, text[:MAX_COUNTED_LETTERS]))
    to_left, to_right = counts["R"] + counts["AL"], counts["L"]
    return ("rtl" if to_left > to_right else "ltr") if to_left or to_right else ""


def printable(text: str) -> str:
    """The text with escapes for line ends and invisible characters, so that content can neither
    break a message nor control the terminal that shows it."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
