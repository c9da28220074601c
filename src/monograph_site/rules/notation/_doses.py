"""How doses are written: the doses and words on a page, and the decorator of the rules about them.

A site follows one of two lists of what to avoid (`notation` in site.yaml). `ismp`: the List of
Error-Prone Abbreviations, Symbols, and Dose Designations of the Institute for Safe Medication
Practices (ismp.org, 2021 and 2024). `nhs`: the NHS content style guide (service-manual.nhs.uk,
numbers and A to Z of health writing) and the prescribing guidance of the British National Formulary
(BNF). They agree on the errors that can kill, and differ on micrograms and on the space before a
unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps
from typing import NamedTuple, Protocol, TypeVar

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import Check, Subject, rule

BOTH_LISTS = ("ismp", "nhs")
MICROGRAM_SYMBOLS = frozenset(("µg", "μg", "ug"))
"""The micro sign, the Greek letter, and what keyboards have instead."""

_UNIT = regex(
    r"0([ \u00a0\u202f]?)(m[gG]|mcg|m[lL]|g|IU|units?|[uµμ]g|L|M[GL]|m(?:icro|illi)grams?"
    r"|[mM]cg|MCG|M[gl]|grams?|Units?|I\.U\.|iu|i\.u\.|m[gGlL]s|mcgs|gms?|Gms?|cc|AU|mEq|mmol"
    r"|[Uu](?![-'’]|\.\w))(?!\w)(?:(?=/ ?(\w+)))?"
)
"""A unit behind a digit, in a text whose digits are all 0: one character is found much faster than
any of ten."""
_UNIT_WORDS = frozenset(
    "mg mcg ml g iu unit units ug l gl microgram micrograms milligram milligrams gram grams mgs"
    " mls mcgs gm gms cc au meq mmol u".split()
)
"""The letters of these units: a page without one of them among its words has no dose."""
_NUMBER = regex(r"(?:[0-9]+(?:,[0-9]+)*)?(?:\.[0-9]+)?")
_LETTERS = regex("[a-z]+")
_MAX_NUMBER = 20
"""Characters of a number that can be a dose."""
_MAX_ABBREVIATION = 3
"""Letters of a unit that is an abbreviation; a longer one is a word (`units`, `micrograms`)."""
_PLAIN_DIGITS = 3
"""Digits of a number that needs no separator."""
_DASHES = "-–—"
_JOINED = regex(r"[\w-]")
_WORD_BEFORE = regex(r"[A-Za-z]{3,}[a-z]$")
_CAPITALISED_BEFORE = regex(r"(?:^|[\s(*])[A-Z][\w-]*[ -]$")
_FORM_AFTER = regex(
    r" (?:Tablets?|Capsules?|Injections?|Syrup|Suspension|Solution|Cream|Gel|Ointment|Drops|Powder"
    r"|Sachets?|Spray|Vial|Softgels?|Lotion|Infusion|Strip|SR|XR|ER|DT|MD|CR)\b"
)
_USUAL_UNITS = frozenset(("mg", "g", "mL", "ml"))
"""Units that no rule about units objects to."""
_VOLUMES_OF_BLOOD = frozenset("L l dL dl DL litre liter".split())


class Place(Protocol):
    """Part of a page's prose, between two offsets."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset behind the last character."""


class Words(NamedTuple):
    """Words or symbols of the prose."""

    start: int
    end: int
    text: str


class Dose(NamedTuple):
    """A number with its unit."""

    start: int
    """Offset of the number in the page's prose; in a range, of the lower number."""
    end: int
    """Offset behind the unit."""
    low: str
    """The lower number of a range (`5-10 mg`), else ''."""
    number: str
    gap: str
    """What is between number and unit: a space or nothing."""
    unit: str
    per: str
    """The word behind a slash: `kg` of `mg/kg`; '' without one."""
    word: str
    """The word that runs into the number (`Examplin` of `Examplin5 mg`), else ''."""

    @property
    def text(self) -> str:
        """Number and unit as they are written, without the lower number of a range."""
        return f"{self.number}{self.gap}{self.unit}"

    @property
    def numbers(self) -> tuple[str, str]:
        """Both numbers of a range; '' and the number where there is only one."""
        return self.low, self.number

    @property
    def is_result(self) -> bool:
        """Whether this is a test result and not a dose: an amount per litre, or micrograms per
        millilitre."""
        return self.per in _VOLUMES_OF_BLOOD or (
            self.per.lower() == "ml" and self.unit in MICROGRAM_SYMBOLS | {"mcg"}
        )

    @property
    def has_plain_numbers(self) -> bool:
        """Whether its numbers are one to three digits each, as most are."""
        return _is_plain(self.number) and (not self.low or _is_plain(self.low))


class DosesOnPage(NamedTuple):
    """The doses of a page's prose, in order, sorted by what rules look for."""

    free: tuple[Dose, ...]
    """Those that are neither part of the title nor run into a word."""
    other_than_plain: tuple[Dose, ...]
    """Those of them whose numbers have a point, a comma or more than three digits."""
    units: frozenset[str]
    """The units of the free ones."""
    has_unusual_units: bool
    """Whether these have others than mg, g and mL."""
    stuck: tuple[Dose, ...]
    """Those that a word runs into."""
    malformed: tuple[Words, ...]
    """Places where a unit follows digits, commas and points that are no number."""


_NO_DOSES = DosesOnPage((), (), frozenset(), False, (), ())

P = TypeVar("P", bound=Place)
Message = Callable[[Draft, P], str]
"""What is wrong at a place and, after a line end, what to write instead; '' where the place is
correct."""


def dose_rule(
    code: str,
    name: str,
    find: Callable[[Draft], Iterable[P]],
    *,
    lists: tuple[str, ...] = BOTH_LISTS,
    once: bool = False,
    once_each: bool = False,
    fixable: bool = False,
    changes_words: bool = False,
    about: Subject | None = None,
) -> Callable[[Message[P]], Check]:
    """A decorator that makes a function a rule about the places that `find` returns, on pages in
    English: other languages write numbers, units and directions in other ways.

    `lists`: the lists that ask for it; a site that follows another one does not have the rule, and
    plain pages give no doses. `once`: one finding a file, at the first place, with the number of
    the others. `once_each`: the same for each message, as where an abbreviation is repeated.
    Both give way to `every_place` of the settings. The other arguments are those of `rule`.
    """

    def register(message: Message[P]) -> Check:
        @wraps(message)
        def check(page: Draft) -> Iterator[Problem]:
            if page.config.notation not in lists or page.kind == "page":
                return
            groups: dict[object, list[tuple[P, str]]] = {}
            for place in find(page):
                text = message(page, place)
                if text:
                    is_one = (once or once_each) and not page.config.every_place
                    group = place.start if not is_one else "" if once else text
                    groups.setdefault(group, []).append((place, text))
            for (place, text), *others in groups.values():
                span = page.source.span(place.start)
                yield Problem(span, _with_others(text, len(others)), place.end - place.start)

        make_rule = rule(
            code,
            name,
            fixable=fixable,
            changes_words=changes_words,
            languages=("en",),
            about=about,
        )
        return make_rule(check)

    return register


def _with_others(text: str, count: int) -> str:
    """A message that also says how many other places of its kind a file has."""
    message, _, hint = text.partition("\n")
    return (
        f"{message.removesuffix('.')} (and {count} more in this file).\n{hint}" if count else text
    )


@lru_cache(maxsize=1)  # a dozen rules ask for the same page's doses, one after the other
def doses_on(page: Draft) -> DosesOnPage:
    """Every number with its unit in a page's prose."""
    if page.words.isdisjoint(_UNIT_WORDS):
        return _NO_DOSES
    found, malformed = _doses(page.prose)
    if not (found or malformed):  # as on most pages
        return _NO_DOSES
    free = tuple(dose for dose in found if not dose.word and dose.text not in page.title)
    units = frozenset(dose.unit for dose in free)
    return DosesOnPage(
        free,
        tuple(dose for dose in free if not dose.has_plain_numbers),
        units,
        not units <= _USUAL_UNITS,
        tuple(dose for dose in found if dose.word),
        tuple(malformed),
    )


def has_doses(page: Draft) -> bool:
    """Whether the page has doses, outside its title."""
    return page.kind != "page" and bool(doses_on(page).free)


def has_unusual_units(page: Draft) -> bool:
    """Whether the page has doses in other units than mg, g and mL."""
    return page.kind != "page" and doses_on(page).has_unusual_units


def has_unusual_numbers(page: Draft) -> bool:
    """Whether the page has a dose with a point, a comma or more than three digits in a number, or a
    number that cannot be read."""
    if page.kind == "page":
        return False
    on_page = doses_on(page)
    return bool(on_page.other_than_plain or on_page.malformed)


def doses(page: Draft) -> tuple[Dose, ...]:
    """The doses of a page, without those that are part of its title."""
    return doses_on(page).free


def doses_other_than_plain(page: Draft) -> tuple[Dose, ...]:
    """The same with a point, a comma or more than three digits in a number."""
    return doses_on(page).other_than_plain


def doses_in(*units: str) -> Callable[[Draft], tuple[Dose, ...]]:
    """A function that returns the doses of a page in these units."""

    def find(page: Draft) -> tuple[Dose, ...]:
        on_page = doses_on(page)
        if on_page.units.isdisjoint(units):
            return ()
        return tuple(dose for dose in on_page.free if dose.unit in units)

    return find


def find_words(*words: str) -> Callable[[Draft], list[Words]]:
    """A function that finds these words in a page's prose, in order, except as part of a longer
    word, in the title or in a list of names."""
    # A word that is not part of a longer one has its letters among the words of the page.
    letters = {word: frozenset(_LETTERS.findall(word.lower())) for word in words}
    # A short word is found twice as fast by a pattern.
    patterns = {word: regex(re.escape(word)) for word in words}
    # Most pages have none of these words, and so not the longest part of any.
    some_letters = frozenset(max(own, key=len) for own in letters.values() if own)
    is_any_symbol = not all(letters.values())

    def find(page: Draft) -> list[Words]:
        if page.words.isdisjoint(some_letters) and not is_any_symbol:
            return []
        text, places = page.prose, []
        for word, own_letters in letters.items():
            if not own_letters <= page.words:
                continue
            for match in patterns[word].finditer(text):
                start, end = match.span()
                around = text[start - 1 : start] + text[end : end + 1]
                if _JOINED.search(around) or word in page.title or is_in_names(page, start):
                    continue
                places.append(Words(start, end, word))
        return sorted(places)

    return find


def offsets(text: str, word: str) -> Iterator[int]:
    """Every offset of a word in a text."""
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def is_product_name(page: Draft, dose: Dose) -> bool:
    """Whether a dose is part of a product's name, which is quoted as it is: `Testo Plus 5000 Mg
    Tablet`."""
    before = page.prose[max(0, dose.start - 24) : dose.start]
    return bool(_CAPITALISED_BEFORE.search(before) and _FORM_AFTER.match(page.prose, dose.end))


def is_in_names(page: Draft, offset: int) -> bool:
    """Whether an offset of the prose is in a section that lists names: brands and synonyms are
    quoted there as they are."""
    parts = page.outline.parts
    number = bisect_right(parts, page.source.span(offset).line, key=lambda part: part.line)
    return number > 0 and parts[number - 1].key == "names"


def source_text(page: Draft, dose: Dose) -> str:
    """A dose as the page writes it, both numbers where it is a range."""
    return page.prose[dose.start : dose.end]


def is_spaced(page: Draft, unit: str) -> bool:
    """Whether the page's list wants a space before a unit: `5 mg` (ISMP), `5mg` (NHS). A unit that
    is a word always has one."""
    return page.config.notation != "nhs" or len(unit) > _MAX_ABBREVIATION


def is_result_or_rate(dose: Dose) -> bool:
    """Whether an amount is a test result, or is given per something else (`g/L`, `mg/kg`)."""
    return dose.is_result or bool(dose.per)


def format_dose(page: Draft, number: str, unit: str) -> str:
    """A number with its unit, spaced as the page's list wants it."""
    return f"{number}{' ' if is_spaced(page, unit) else ''}{unit}"


def corrected(
    page: Draft, dose: Dose, change_number: Callable[[str], str] = str, unit: str = ""
) -> str:
    """A dose with changed numbers or another unit, spaced as in `format_dose`."""
    dash = page.prose[dose.start + len(dose.low) : dose.end - len(dose.text)]
    low = change_number(dose.low) if dose.low else ""
    return low + dash + format_dose(page, change_number(dose.number), unit or dose.unit)


def _doses(prose: str) -> tuple[list[Dose], list[Words]]:
    """The doses of a text, and the places where a unit has no number."""
    found: list[Dose] = []
    malformed: list[Words] = []
    zeros = prose
    for digit in "123456789":
        zeros = zeros.replace(digit, "0")
    for match in _UNIT.finditer(zeros):
        start = _start_of_number(prose, match.start() + 1)
        number, before = prose[start : match.start() + 1], prose[start - 1 : start]
        if number.startswith(".") and (before.isalnum() or before == ")"):
            # the full stop of the sentence before
            start, number, before = start + 1, number[1:], "."
        if len(number) > _MAX_NUMBER:
            continue
        if not number.isdigit() and not _NUMBER.fullmatch(number):
            if number[:1].isdigit() and not before.isalnum():
                text = prose[start : match.end(2)]
                malformed.append(Words(start, match.end(2), text))
            continue
        if before == "^" or (before == ":" and prose[start - 2 : start - 1].isdigit()):
            continue  # a power, a ratio
        gap, unit = match.group(1, 2)
        per = prose[match.start(3) : match.end(3)]
        word = low = ""
        if before.isalpha():
            joined = _WORD_BEFORE.search(prose, max(0, start - 30), start)
            if joined is None or len(unit) < 2:
                continue  # `B12`, `CYP3A4`, `omega3 g`: the number belongs to a name
            word = joined.group()
        elif before and before in _DASHES and prose[start - 2 : start - 1].isalpha():
            if not (found and found[-1].end == start - 1):
                continue  # `omega-3 g`
        else:
            low = _lower_number(prose, start)
        first = prose.rindex(low, 0, start) if low else start
        found.append(Dose(first, match.end(2), low, number, gap, unit, per, word))
    return found, malformed


def _is_plain(number: str) -> bool:
    return len(number) <= _PLAIN_DIGITS and number.isdigit()


def _start_of_number(prose: str, end: int) -> int:
    """Where the number begins that ends at an offset."""
    start = end
    while start > 0 and end - start <= _MAX_NUMBER and prose[start - 1] in "0123456789.,":
        start -= 1
    while prose[start : start + 1] == ",":
        start += 1
    return start


def _lower_number(prose: str, start: int) -> str:
    """The lower number of a range whose upper number starts at an offset, else ''."""
    stop = start - (prose[start - 1 : start] == " ")
    if not stop or prose[stop - 1] not in _DASHES:
        return ""
    stop -= 1 + (prose[stop - 2 : stop - 1] == " ")
    number = prose[_start_of_number(prose, stop) : stop]
    return number if _NUMBER.fullmatch(number) else ""
