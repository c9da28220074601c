"""The canonical sections and the headings that name them, read from `sections.txt` and, for other
languages, `sections.es.txt`; everything that recognises a section asks here.

A heading names its section in every language of the vocabulary, whatever the language of the page:
no word of one means another section in another. Only misspelt headings are looked for in English
alone.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ..model.strings import collapse, fold, squash
from ..regex import regex

VOCABULARY_FILE = Path(__file__).with_name("sections.txt")
OTHER_VOCABULARIES = tuple(sorted(VOCABULARY_FILE.parent.glob("sections.*.txt")))
VOCABULARY_LANGUAGES = ("en", *(path.suffixes[0][1:] for path in OTHER_VOCABULARIES))
"""The languages in which headings are recognised."""

MIN_WORD_LENGTH = 5
"""A word must have this many characters to be taken for a misspelt one: words of four letters are
too near too many others (`dose`, `nose`)."""
MAX_HEADING_LENGTH = 60
"""A heading of more characters is not checked for misspellings."""
_MIN_LENGTH_FOR_TWO_TYPOS = 9
"""A word of at least this many characters may have two typing errors, a shorter one has one."""

_MAX_CACHED_LENGTH = 120
"""Characters of a heading that may name a section; the forms of a longer one are not kept."""
_CACHE_SIZE = 4_096
"""Headings: far more than a formulary has different ones."""

_NUMBERING = regex(
    r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[A-Za-z])[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+"
    r"|section\s+\d+\s*[:.-]\s*)"
)
_BRACKET = regex(r"(?<!\s)\s*[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]]")
_TAIL = regex(r"^(.+?) (?:of|for|with|in|de|del|con|en|para) \S++(?: \S++){0,7}$")
_BETWEEN = regex(r" and | y | ?[,/] ?")
_AMPERSAND = regex(r" ?& ?")
_LINKING = regex(r"^(?:of|for|about|with)\s+|(?<!\s)\s+(?:of|for|about|with|is|does|'s)$")
_ADJECTIVES_AFTER = tuple(
    "frecuentes comunes graves raros raras posibles principales importantes generales habituales"
    " conocidos conocidas notificados notificadas".split()
)
_ADJECTIVE_AFTER = regex(rf" (?:más |muy )?(?:{'|'.join(_ADJECTIVES_AFTER)})$")
"""An adjective after the noun, as in Spanish."""
_DASHED = regex(r"^(.+?)\s[–—-]\s")
_SUPPOSED = regex(r"^(?:hypothetical|theoretical|speculative|combined|individual)\s+")
_AFTER_NAME = (
    " side effects",
    " adverse effects",
    " adverse reactions",
    " drug interactions",
    " mechanism of action",
    " contraindications",
)
_QUALIFIER = regex(
    r"^(?:common|possible|potential|main|important|general|typical|known|serious|clinical|key|major"
    r"|the|standard|primary|other|hypothetical|theoretical|speculative|combined|individual|medical"
    r"|approved|reported|recommended|posibles|principales|otros|otras|los|las|el|la)\s+"
)
_ORNAMENT = regex(r"^[^\w(\[]+|(?<=\w)\s*\{[#.:][^{}]*\}$")
"""What may surround a heading's words: a pictogram before them, an anchor (`{#usage}`) after."""
_EDGE = " \t\n:.*_-–—•#?¿¡\u00a0\u200b"
_WORD = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SECTION_LINE = regex(r"\[(\w+)\]( core)?")
_ONLY_AS_HEADING, _ONLY_IF_MARKED = "only as heading", "only if marked"


class Vocabulary(NamedTuple):
    """The sections, and the headings that name them in the form of `normalise`."""

    headings: dict[str, tuple[str, ...]]
    """Section key -> its headings, in the order of the file."""
    keys: dict[str, str]
    """Heading -> section key."""
    core: frozenset[str]
    """Keys of the sections that every drug formulary has. Only these are recognised in a heading
    deeper than those of the other sections."""
    only_as_heading: frozenset[str]
    """Headings that are ordinary labels too: in bold inside another section they start no
    section."""
    only_if_marked: frozenset[str]
    """Headings that also begin ordinary sentences ("Warning: …"): without markup they start no
    section."""

    def with_other(self, other: Vocabulary) -> Vocabulary:
        """The vocabulary with that of another language added, also without its accents. A heading
        that both have keeps its section."""
        keys = {plain: key for heading, key in other.keys.items() for plain in _spellings(heading)}
        only_as_heading, only_if_marked = (
            {plain for heading in headings for plain in _spellings(heading)} - self.keys.keys()
            for headings in (other.only_as_heading, other.only_if_marked)
        )
        return self._replace(
            keys=keys | self.keys,
            only_as_heading=self.only_as_heading | only_as_heading,
            only_if_marked=self.only_if_marked | only_if_marked,
        )


def _spellings(heading: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFD", heading)
    return heading, "".join(char for char in letters if not unicodedata.combining(char))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this package in all its languages, read once."""
    result = english_vocabulary()
    for path in OTHER_VOCABULARIES:
        result = result.with_other(read_vocabulary(path.read_text(encoding="utf-8")))
    return result


@cache
def english_vocabulary() -> Vocabulary:
    """The vocabulary of this package in English, read once."""
    return read_vocabulary(VOCABULARY_FILE.read_text(encoding="utf-8"))


def read_vocabulary(text: str) -> Vocabulary:
    """The vocabulary that a text in the form of `sections.txt` describes. ValueError where a line
    has another form, or a heading is there twice."""
    headings: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    core: set[str] = set()
    restricted: dict[str, set[str]] = {_ONLY_AS_HEADING: set(), _ONLY_IF_MARKED: set()}
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if section := _SECTION_LINE.fullmatch(line):
            key = section[1]
            headings[key] = []
            core |= {key} if section[2] else set()
            continue
        heading, colon, restriction = line.partition(": ")
        if not key or heading in keys or (colon and restriction not in restricted):
            raise ValueError(f"{VOCABULARY_FILE.name}:{number}: {line!r}")
        headings[key].append(heading)
        keys[heading] = key
        if colon:
            restricted[restriction].add(heading)
    return Vocabulary(
        {key: tuple(names) for key, names in headings.items()},
        keys,
        frozenset(core),
        frozenset(restricted[_ONLY_AS_HEADING]),
        frozenset(restricted[_ONLY_IF_MARKED]),
    )


def normalise(heading: str) -> str:
    """A heading as the vocabulary writes it: lower case, no numbering, no colon, `&` as `and`."""
    return _normalised(heading) if len(heading) < _MAX_CACHED_LENGTH else _normalise(heading)


def _normalise(heading: str) -> str:
    text = collapse(fold(heading)).strip(_EDGE).replace("’", "'").replace("(s)", "s")
    # Most headings have nothing to replace, which is faster to find out than by each pattern.
    if not text[:1].isalnum() or text.endswith("}"):
        text = _ORNAMENT.sub("", text)
    if "&" in text:
        text = _AMPERSAND.sub(" and ", text) if text not in ("q&a", "q & a") else "q&a"
    numbering = _NUMBERING.match(text)
    return (text[numbering.end() :] if numbering else text).strip(_EDGE)


_normalised = lru_cache(maxsize=_CACHE_SIZE)(_normalise)
"""Pages have the same headings, and each is looked at several times."""


def key_for(heading: str, title: str = "") -> str | None:
    """The section a heading names, or None. `title` is the page's; its words may surround those of
    the section.

    The words decide: exactly one heading of the vocabulary, with at most a bracket after it
    (`Usage (individual components)`), the medicine's name before or after it (`Paracetamol side
    effects`, `Uses of paracetamol`), or an adjective before it.
    """
    key, bare = _key_in_full(heading)
    if key or bare is None:
        return key
    return _key_beside_name(bare, title) or _key_within(bare)


@lru_cache(maxsize=_CACHE_SIZE)  # the title is no part of the key, so it serves all pages
def _key_in_full(heading: str) -> tuple[str | None, str | None]:
    """The section that all words of a heading name, with at most a bracket after them; and its words
    without brackets, None where they can name no section."""
    plain = normalise(heading)
    if not plain or len(plain) > _MAX_CACHED_LENGTH:
        return None, None
    keys = vocabulary().keys
    bare = _bare(plain)
    key = keys.get(plain) or keys.get(bare)
    return key or (None if bare else keys.get(plain.strip(" ()[]"))), bare


def _bare(plain: str) -> str:
    """A normalised heading without what is in brackets."""
    if "(" not in plain and "[" not in plain:
        return plain
    return collapse(_BRACKET.sub("", plain)).strip(_EDGE)


def _key_beside_name(bare: str, title: str) -> str | None:
    """The section that a heading without brackets names with the words before or after the
    medicine's name."""
    keys = vocabulary().keys
    for variant in _name_variants(title):
        if variant in bare:
            rest = collapse(bare.replace(variant, " ", 1)).strip(_EDGE)
            rest = rest.removeprefix("'s ").strip(_EDGE)
            if rest.partition(" ")[0] not in _first_words():  # as those of most questions
                continue
            verb = rest.replace("does work", "does it work").replace("how works", "how it works")
            for words in (rest, verb, _LINKING.sub("", rest)):
                if words in keys:
                    return keys[words]
    return None


@lru_cache(maxsize=_CACHE_SIZE)  # asked for with each heading of a page
def _name_variants(title: str) -> tuple[str, ...]:
    """The name in a title as the vocabulary writes headings, with and without its brackets."""
    name = normalise(title)
    return tuple(variant for variant in dict.fromkeys((name, _bare(name))) if variant)


@lru_cache(maxsize=_CACHE_SIZE)  # the title is no part of the key, so it serves all pages
def _key_within(bare: str) -> str | None:
    """The section that a part of a heading without brackets names, whatever the page's title."""
    _, keys, core, only_as_heading, _ = vocabulary()
    qualifier = _QUALIFIER.match(bare)
    unqualified = bare[qualifier.end() :] if qualifier else bare
    if unqualified.endswith(_ADJECTIVES_AFTER):
        unqualified = _ADJECTIVE_AFTER.sub("", unqualified)
    if keys.get(unqualified) in core and unqualified not in only_as_heading:
        return keys[unqualified]
    if joined := _joined(bare):
        return joined
    # "Ibuprofen side effects", on a page that is not about ibuprofen alone
    if bare.endswith(_AFTER_NAME) and len(bare.split()) <= 6:
        return next(keys[words[1:]] for words in _AFTER_NAME if bare.endswith(words))
    # Most others begin as no heading of the vocabulary does, which takes less time to see than a
    # pattern.
    if bare.partition(" ")[0] not in _first_words():
        return None
    head = _DASHED.match(bare) or _TAIL.match(bare)
    return keys.get(head.group(1)) if head and head.group(1) not in only_as_heading else None


@cache
def _first_words() -> frozenset[str]:
    """The words with which the headings of the vocabulary begin, and those that link a heading to a
    name before it."""
    words = (heading.partition(" ")[0] for heading in vocabulary().keys)
    return frozenset((*words, "of", "for", "about", "with"))


@lru_cache(maxsize=_CACHE_SIZE)  # the same labels are on most pages
def is_clear(heading: str, *, marked: bool = True) -> bool:
    """Whether a label starts a section even inside another label's section; `marked`: whether it is
    set in bold."""
    _, keys, _, only_as_heading, only_if_marked = vocabulary()
    bare = _bare(normalise(heading))
    supposed = _SUPPOSED.match(bare)
    bare = bare[supposed.end() :] if supposed else bare
    if bare not in keys and _joined(bare):
        return True
    return bare in keys and bare not in only_as_heading and (marked or bare not in only_if_marked)


def _joined(bare: str) -> str | None:
    """The first of several sections that a heading names (`Contraindications and warnings`), where
    it names nothing else."""
    if " and " not in bare and "," not in bare and "/" not in bare and " y " not in bare:
        return None
    keys = vocabulary().keys
    names = [name.strip() for name in _BETWEEN.split(bare)]
    return keys[names[0]] if len(names) > 1 and all(name in keys for name in names) else None


@lru_cache(maxsize=8192)
def known_spelling(heading: str) -> str:
    """The heading of the vocabulary that a misspelt heading probably means; '' where it is in the
    vocabulary itself, or near no heading of it.

    Each word that the vocabulary does not have must be near one that it has: with the same first
    letter, which typing errors rarely change and other words (`medications`, `indications`) do, and
    one or, in a long word, two letters off.
    """
    words = (
        _WORD.findall(heading.casefold())
        if MIN_WORD_LENGTH <= len(heading) <= MAX_HEADING_LENGTH
        else ()
    )
    if len(words) == 1 and words[0] in _run_together():
        return "" if key_for(heading) else _run_together()[words[0]]
    if not words or not all(word in _words() or _near(word) for word in words) or key_for(heading):
        return ""
    corrected = " ".join(
        word if word in _words() else _near(word) for word in normalise(heading).split()
    )
    return corrected if key_for(corrected) else ""


@cache
def _run_together() -> dict[str, str]:
    """The headings of the vocabulary by their letters alone: `sideeffects` means `side effects`."""
    return {
        squash(heading): heading
        for headings in english_vocabulary().headings.values()
        for heading in reversed(headings)
    }


@cache
def _words() -> dict[str, frozenset[str]]:
    """The words of the vocabulary, each with its letters."""
    words = (word for heading in english_vocabulary().keys for word in heading.split())
    return {word: frozenset(word) for word in words}


@lru_cache(maxsize=8192)
def _near(word: str) -> str:
    """The word of the vocabulary that is near this one; '' where there is none, or only its
    singular or plural (`Caution`)."""
    if len(word) < MIN_WORD_LENGTH:
        return ""
    typos, letters = 2 if len(word) >= _MIN_LENGTH_FOR_TWO_TYPOS else 1, frozenset(word)
    first = "aeiou" if word[0] in "aeiou" else word[0]  # "affects" means effects
    candidates = [
        other
        for other, of_other in _words().items()
        if other[0] in first
        and len(other) > 3
        and abs(len(other) - len(word)) <= typos
        and len(letters ^ of_other) <= 2 * typos  # a typo takes one letter away and adds another
    ]
    if not candidates:
        return ""
    from rapidfuzz.distance import OSA  # slow to import, and few headings are near one

    distance, best = min(
        (OSA.distance(word, other, score_cutoff=typos), other) for other in candidates
    )
    return best if distance <= typos and best.rstrip("s") != word.rstrip("s") else ""
