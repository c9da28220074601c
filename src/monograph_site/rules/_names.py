"""Names of medicines: those that can be mistaken for each other (LASA: look-alike, sound-alike), and
those that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.strings import fold, squash, words
from ..regex import regex
from ..site.entry import Entry
from ..site.look_alikes import look_alikes
from ..site.relations import without_brackets
from ..site.same_names import same_names
from ..site.site import Site

MIN_LETTERS = 6
"""Letters of a name that is compared: of shorter names, every second one is similar to another."""
MAX_EDITS = 2
"""Letters inserted, deleted, replaced or swapped between two similar names."""
_COMMON_START = 2
"""Letters at the start that similar names share, so that not every name is compared with every
other."""
_VOWELS = frozenset("aeiouy")
_ENDINGS = frozenset("ase ose ate ite ide ene ane ine one ole ile".split())
_DOUBLED = regex(r"(.)\1+")
_SPELLED_THE_SAME = 5
"""Letters at the start that two spellings of one name share."""
_SPELLINGS = (
    ("ph", "f"),
    ("th", "t"),
    ("ae", "e"),
    ("oe", "e"),
    ("y", "i"),
    ("k", "c"),
    ("ll", "l"),
)
"""Letters that differ between two spellings of one name."""


def may_mean_the_same(name: str, other: str) -> bool:
    """Whether two names are those of one medicine in different countries or spellings
    (`Glycerine` and `Glycerol`, `Amoxycillin` and `Amoxicillin`). Look-alikes are not."""
    if squash(other) in map(squash, (name, *same_names(name))):
        return True
    return any(
        _are_spellings(word, other_word)
        for word in words(name)
        for other_word in words(other)
        if min(len(word), len(other_word)) >= MIN_LETTERS
    )


def _are_spellings(word: str, other: str) -> bool:
    if word in look_alikes().get(other, ()):
        return False
    if _without_spelling(word) == _without_spelling(other):
        return True
    return word[:_SPELLED_THE_SAME] == other[:_SPELLED_THE_SAME] and _are_near(word, other)


def _are_near(word: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # slow to import, and the rules on one file seldom need it

    return OSA.distance(word, other, score_cutoff=MAX_EDITS) <= MAX_EDITS


def is_typing_error(name: str, other: str) -> bool:
    """Whether two names differ in a vowel, a doubled letter, or two letters that were swapped. Chemical
    endings are no errors: a nitrite is not a nitrate."""
    if name[-3:] != other[-3:] and _ENDINGS.issuperset((name[-3:], other[-3:])):
        return False
    if _DOUBLED.sub(r"\1", name) == _DOUBLED.sub(r"\1", other):
        return True
    if len(name) != len(other):
        return False
    places = [at for at, letter in enumerate(name) if letter != other[at]]
    if len(places) == 1:
        return _VOWELS.issuperset((name[places[0]], other[places[0]]))
    is_swap = len(places) == 2 and places[1] == places[0] + 1
    return is_swap and name[places[0]] == other[places[1]] and name[places[1]] == other[places[0]]


def similar_pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two of these lower-case names that differ in a few letters, except two spellings of one
    name. Only names of one word and of `MIN_LETTERS` or more are compared."""
    from rapidfuzz import process  # see `_are_spellings`
    from rapidfuzz.distance import OSA

    by_start: dict[str, list[str]] = {}
    for name in sorted({name for name in names if len(name) >= MIN_LETTERS and name.isalpha()}):
        by_start.setdefault(name[:_COMMON_START], []).append(name)
    for group in by_start.values():
        for number, name in enumerate(group):
            for other, _, _ in process.extract_iter(
                name, group[number + 1 :], scorer=OSA.distance, score_cutoff=MAX_EDITS
            ):
                if _without_spelling(name) != _without_spelling(other):
                    yield name, other


def are_spellings_of_one(name: str, other: str) -> bool:
    """Whether two lower-case words are spellings of one name: `cefalexin` and `cephalexin`."""
    return _without_spelling(name) == _without_spelling(other)


def _without_spelling(name: str) -> str:
    """A name in one form for all spellings: Cephalexin and Cefalexin, Amoxycillin and
    Amoxicillin."""
    for letters, replacement in _SPELLINGS:
        name = name.replace(letters, replacement)
    return name.rstrip("e")


def entries_by_name(site: Site) -> dict[str, list[Entry]]:
    """The drugs and brands of a site by their titles in lower case, without brackets. A name is not
    compared with its translations: those in the site's own language only."""
    entries: dict[str, list[Entry]] = {}
    for entry in site.entries:
        is_medicine = entry.kind in ("drug", "brand") and not entry.edition
        if is_medicine and not entry.not_a_monograph:
            entries.setdefault(fold(without_brackets(entry.title)), []).append(entry)
    return entries


def warns_of(entry: Entry, name: str) -> bool:
    """Whether a page says that its medicine must not be confused with another name."""
    return any(name in sentence for sentence in entry.facts.confusable_names)
