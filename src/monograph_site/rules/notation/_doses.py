"""How doses are written: each number with its unit, and what of a page is a name and no dose.

Two lists of what to avoid are followed, one for a whole site (`notation` in site.yaml). `ismp`: the
List of Error-Prone Abbreviations, Symbols, and Dose Designations of the Institute for Safe
Medication Practices (ismp.org, 2021 and 2024). `nhs`: the NHS content style guide
(service-manual.nhs.uk, numbers and A to Z of health writing) and the prescribing guidance of the
British National Formulary. They agree on what can kill, and differ on micrograms and on the space
before a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ...loader.draft import Draft
from ...model.finding import Problem

MICROGRAM_SIGNS = frozenset(
    ("µg", "μg", "ug")
)  # the micro sign, the Greek letter, and what keyboards have instead

_UNIT = re.compile(
    r"[0-9]([ \u00a0\u202f]?)(m[gG]|mcg|m[lL]|g|IU|units?|[uµμ]g|L|M[GL]|m(?:icro|illi)grams?|[mM]cg|MCG|M[gl]|grams?"
    r"|Units?|I\.U\.|iu|i\.u\.|m[gGlL]s|mcgs|gms?|Gms?|cc|AU|mEq|mmol|[Uu](?![-'’]|\.\w))(?!\w)(?:(?=/ ?(\w+)))?"
)
_NUMBER = re.compile(r"(?:[0-9]+(?:,[0-9]+)*)?(?:\.[0-9]+)?")
_CAPITALS = re.compile(r"[A-Z](?:[A-Z]+[0-9₄]?|/[A-Z]|(?:\.[A-Z])+\.)(?!\w)")
_LONGEST = 20  # characters of a number that can be a dose
_DASHES = "-–—"
_JOINED = re.compile(r"[\w-]")
_WORD_BEFORE = re.compile(r"[A-Za-z]{3,}[a-z]$")
_OF_BLOOD = frozenset("L l dL dl DL litre liter".split())


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
    """What stands between number and unit: a space or nothing."""
    unit: str
    per: str
    """The word behind a slash: `kg` of `mg/kg`; '' without one."""
    word: str
    """The word the number is stuck to (`Examplin` of `Examplin5 mg`), else ''."""

    @property
    def text(self) -> str:
        """Number and unit as they are written, without the lower number of a range."""
        return f"{self.number}{self.gap}{self.unit}"

    @property
    def is_word(self) -> bool:
        """Whether the unit is written as a word: `units`, `micrograms`."""
        return len(self.unit) > 3 and self.unit.isalpha()

    @property
    def is_result(self) -> bool:
        """Whether this is the result of a test and no dose: so much in a litre, or micrograms in a
        millilitre."""
        return self.per in _OF_BLOOD or (
            self.per.lower() == "ml" and self.unit in MICROGRAM_SIGNS | {"mcg"}
        )

    @property
    def is_international(self) -> bool:
        """Whether the unit is an abbreviation of (international) units."""
        return self.unit.upper().replace(".", "") in ("IU", "U")


def follows(page: Draft, *lists: str) -> bool:
    """Whether a page is to be judged by one of these lists. Plain pages give no doses."""
    return page.config.notation in lists and page.kind != "page"


def doses(page: Draft) -> tuple[Dose, ...]:
    """Every number with its unit in a page's prose, in order; those in its title are a name's."""
    return _doses(page.prose, page.title)[0]


def stuck(page: Draft) -> tuple[Dose, ...]:
    """Every number with its unit that is stuck to a word before it."""
    return _doses(page.prose, page.title)[1]


def words(page: Draft, wanted: Iterable[str]) -> list[tuple[int, str]]:
    """Every place in a page's prose where one of some words stands for itself, in order: not as a
    part of a longer word, nor in the title or in a list of names. Abbreviations in capitals are
    looked for once for all rules."""
    text, capitals = page.prose, _capitals(page.prose)
    found = []
    for word in wanted:
        known = _CAPITALS.fullmatch(word)
        for start in capitals.get(word, ()) if known else offsets(text, word):
            end = start + len(word)
            around = text[start - 1 : start] + text[end : end + 1]
            if not _JOINED.search(around) and word not in page.title and not in_names(page, start):
                found.append((start, word))
    return sorted(found)


def offsets(text: str, word: str) -> Iterator[int]:
    """Every place of a word in a text."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def in_names(page: Draft, offset: int) -> bool:
    """Whether a place lies in a section that lists names, where brands and synonyms are as they
    are."""
    parts = page.outline.parts
    behind = bisect_right(parts, page.source.span(offset).line, key=lambda part: part.line)
    return behind > 0 and parts[behind - 1].key == "names"


def fault(page: Draft, dose: Dose, text: str) -> Problem:
    """A fault at a dose."""
    return at(page, dose.start, dose.end, text)


def at(page: Draft, start: int, end: int, text: str) -> Problem:
    """A fault between two offsets of the prose."""
    return Problem(page.source.span(start), text, end - start)


def shown(page: Draft, dose: Dose) -> str:
    """A dose as the page writes it, both numbers where it is a range."""
    return page.prose[dose.start : dose.end]


def spelled(page: Draft, number: str, unit: str) -> str:
    """A number with its unit, and the space between as the page's list wants it: `5 mg` (ISMP),
    `5mg` (NHS). A unit that is a word always has its space."""
    return f"{number}{'' if page.config.notation == 'nhs' and len(unit) < 4 else ' '}{unit}"


def mended(page: Draft, dose: Dose, number: Callable[[str], str] = str, unit: str = "") -> str:
    """A dose with its numbers changed, or its unit, and the space before it as in `spelled`."""
    dash = page.prose[dose.start + len(dose.low) : dose.end - len(dose.text)]
    low = number(dose.low) if dose.low else ""
    return low + dash + spelled(page, number(dose.number), unit or dose.unit)


def with_commas(number: str) -> str:
    """A number with a comma before every three figures of its whole part."""
    figures, point, rest = number.replace(",", "").partition(".")
    return f"{int(figures):,}{point}{rest}" if figures and len(figures) < 16 else number


def others(count: int) -> str:
    """How a finding that speaks for a whole file counts what else is in it."""
    return f" (and {count - 1} more in this file)" if count > 1 else ""


@lru_cache(maxsize=1)  # a dozen rules ask for the same page's doses, one after the other
def _doses(prose: str, title: str) -> tuple[tuple[Dose, ...], tuple[Dose, ...]]:
    """The doses of a text, and those that are stuck to a word."""
    made: list[Dose] = []
    for found in _UNIT.finditer(prose):
        start = _back(prose, found.start() + 1)
        number, before = prose[start : found.start() + 1], prose[start - 1 : start]
        if number.startswith(".") and (
            before.isalnum() or before == ")"
        ):  # the full stop of the sentence before
            start, number, before = start + 1, number[1:], "."
        if not _NUMBER.fullmatch(number) or len(number) > _LONGEST:
            continue
        if before == "^" or (before == ":" and prose[start - 2 : start - 1].isdigit()):
            continue  # a power, a ratio
        gap, unit, per = found.groups()
        end = found.end(2)
        word = low = ""
        if before.isalpha():
            joined = _WORD_BEFORE.search(prose, max(0, start - 30), start)
            if joined is None or len(unit) < 2:
                continue  # `B12`, `CYP3A4`, `omega3 g`: the number belongs to a name
            word = joined.group()
        elif before and before in _DASHES and prose[start - 2 : start - 1].isalpha():
            if not (made and made[-1].end == start - 1):
                continue  # `omega-3 g`
        else:
            low = _low(prose, start)
        first = prose.rindex(low, 0, start) if low else start
        made.append(Dose(first, end, low, number, gap, unit, per or "", word))
    free = tuple(dose for dose in made if not dose.word and dose.text not in title)
    return free, tuple(dose for dose in made if dose.word)


@lru_cache(maxsize=1)
def _capitals(prose: str) -> dict[str, list[int]]:
    """The offsets of every word in capitals."""
    made: dict[str, list[int]] = {}
    for found in _CAPITALS.finditer(prose):
        made.setdefault(found.group(), []).append(found.start())
    return made


def _back(prose: str, end: int) -> int:
    """Where the number that ends at a place begins."""
    start = end
    while start > 0 and end - start <= _LONGEST and prose[start - 1] in "0123456789.,":
        start -= 1
    while prose[start : start + 1] == ",":
        start += 1
    return start


def _low(prose: str, start: int) -> str:
    """The lower number of a range whose upper number starts at a place, else ''."""
    stop = start - (prose[start - 1 : start] == " ")
    if not stop or prose[stop - 1] not in _DASHES:
        return ""
    stop -= 1 + (prose[stop - 2 : stop - 1] == " ")
    number = prose[_back(prose, stop) : stop]
    return number if _NUMBER.fullmatch(number) else ""
