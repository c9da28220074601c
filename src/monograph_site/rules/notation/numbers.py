"""How the numbers of doses are written: zeros, separators, fractions, ranges.

The sources of the rules are ISMP's list of error-prone notation, the NHS style guide and the BNF
(see `_doses`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ...loader.draft import Draft
from ...regex import regex
from ._doses import (
    Dose,
    Words,
    corrected,
    dose_rule,
    doses,
    doses_on,
    doses_other_than_plain,
    format_dose,
    has_doses,
    has_unusual_numbers,
    is_in_names,
    is_product_name,
    offsets,
    source_text,
)

_FRACTIONS = "½¼¾⅓⅔"
_FRACTION = regex(rf"(?:[0-9]{{1,4}} ?)?[{_FRACTIONS}]")
_THOUSANDS = regex(r"(?<![\w.,])[0-9][0-9.,]{0,7} ?(?:[Kk]|MM?)$")
_SMALLER_UNIT = {"mg": "micrograms", "g": "mg"}
_MAX_SEPARATED = 15
"""Digits of a number that is written with commas; no dose has more."""


@dose_rule("W601", "trailing-zero", doses_other_than_plain, fixable=True, about=has_unusual_numbers)
def trailing_zero(page: Draft, dose: Dose) -> str:
    """A dose has a trailing zero after the decimal point.

    ISMP's list and the BNF's guidance on prescription writing both leave it out. ISMP accepts it
    where it shows precision, as in a laboratory result, so amounts per litre are not reported.

    Why it matters: if the decimal point is missed, the dose becomes ten times as large.

    Wrong: `5.0 mg once a day`

    Right: `5 mg once a day`

    How to fix: remove the zero, and the point if nothing is left after it.
    """
    if not any("." in text and text.endswith("0") for text in dose.numbers) or dose.is_result:
        return ""
    misread = corrected(page, dose, _without_point)
    return (
        f"Trailing zero in {source_text(page, dose)!r}: it can be misread as {misread!r}."
        f"\nWrite {corrected(page, dose, _without_zeros)!r}."
    )


@dose_rule("W602", "naked-decimal", doses_other_than_plain, fixable=True, about=has_unusual_numbers)
def naked_decimal(page: Draft, dose: Dose) -> str:
    """A dose below one has no zero before its decimal point.

    ISMP's list, the BNF and the NHS style guide all ask for the leading zero.

    Why it matters: if the decimal point is missed, the dose becomes ten or a hundred times as
    large.

    Wrong: `.5 mg once a day`

    Right: `0.5 mg once a day`

    How to fix: add the zero, or use a smaller unit that needs no decimal point (`500 micrograms`).
    """
    if not (dose.low.startswith(".") or dose.number.startswith(".")):
        return ""
    text = source_text(page, dose)
    return (
        f"No leading zero in {text!r}: it can be misread as {text.replace('.', '')!r}."
        f"\nWrite {corrected(page, dose, _with_zero)!r}."
    )


@dose_rule("W610", "name-runs-into-dose", lambda page: doses_on(page).stuck, fixable=True)
def name_runs_into_dose(page: Draft, dose: Dose) -> str:
    """There is no space between the name of a medicine and its dose.

    It is on ISMP's list: `Inderal40 mg` was read as Inderal 140 mg.

    Why it matters: a final letter such as l can be read as a digit, which makes the dose several
    times as large.

    Wrong: `Samplol40 mg`

    Right: `Samplol 40 mg`

    How to fix: put a space between name and number.
    """
    return (
        f"No space between name and dose: {dose.word + source_text(page, dose)!r}."
        f"\nWrite {dose.word + ' ' + corrected(page, dose)!r}."
    )


@dose_rule(
    "W611",
    "missing-thousands-separator",
    doses_other_than_plain,
    fixable=True,
    about=has_unusual_numbers,
)
def missing_thousands_separator(page: Draft, dose: Dose) -> str:
    """A dose with five or more digits has no commas.

    ISMP's list and the NHS style guide both ask for commas from 1,000 on. For smaller numbers see
    `four-digit-dose`.

    Why it matters: 100000 has been read as 10,000 and as a million.

    Wrong: `100000 units`

    Right: `100,000 units`

    How to fix: put a comma before every three digits, or write `100 thousand`.
    """
    if max(_ungrouped_digits(dose), default=0) <= 4 or dose.is_result:
        return ""
    if is_product_name(page, dose):
        return ""
    return (
        f"No thousands separator in {source_text(page, dose)!r}; an extra or missing zero is easy "
        f"to overlook.\nWrite {corrected(page, dose, _with_commas)!r}."
    )


@dose_rule(
    "I612",
    "four-digit-dose",
    doses_other_than_plain,
    once=True,
    fixable=True,
    about=has_unusual_numbers,
)
def four_digit_dose(page: Draft, dose: Dose) -> str:
    """Doses with four digits have no comma (one finding per file).

    ISMP's list and the NHS style guide both ask for commas from 1,000 on. For larger numbers see
    `missing-thousands-separator`.

    Why it matters: a comma shows the thousands at a glance.

    Wrong: `1000 mg`

    Right: `1,000 mg`, or `1 g`

    How to fix: add the comma, or use the larger unit.
    """
    if 4 not in _ungrouped_digits(dose) or dose.is_result or is_product_name(page, dose):
        return ""
    return (
        f"No thousands separator in {source_text(page, dose)!r}."
        f"\nWrite {corrected(page, dose, _with_commas)!r}."
    )


def _slashes(page: Draft) -> Iterator[Words]:
    """Two doses with a slash between them."""
    for first, second in pairwise(doses(page)):
        if second.start == first.end + 1 and page.prose[first.end] == "/":
            yield Words(first.start, second.end, page.prose[first.start : second.end])


@dose_rule("I617", "slash-before-dose", _slashes, lists=("ismp",), once=True, about=has_doses)
def slash_before_dose(page: Draft, words: Words) -> str:
    """A slash separates two doses, or a dose and the volume that contains it (ISMP list only; one
    finding per file).

    It is on ISMP's list: `25 units/10 units` was read as 25 units and 110 units.

    Why it matters: a slash before a number looks like the digit 1.

    Wrong: `25 units/10 units`

    Right: `25 units and 10 units`; `125 mg per 5 mL`

    How to fix: write `and` or `per`.
    """
    return f"The slash in {words.text!r} can be misread as 1.\nWrite 'and' or 'per'."


def _fractions(page: Draft) -> Iterator[Words]:
    if any(character in page.prose for character in _FRACTIONS):
        for match in _FRACTION.finditer(page.prose):
            yield Words(match.start(), match.end(), match.group())


@dose_rule("I621", "fraction-sign", _fractions)
def fraction_sign(page: Draft, words: Words) -> str:
    """A fraction is written as a single small character: `½`, `¼`.

    ISMP's list (2024) asks for words instead of fractions in small print; the NHS style guide
    spells out common fractions.

    Why it matters: a small `½` can be misread as 1 or 2, and `1½` as 12 or 11.

    Wrong: `½ tablet`

    Right: `half a tablet`

    How to fix: write the fraction in words, or the amount as a number with its unit.
    """
    return f"The fraction in {words.text!r} can be misread.\nWrite it in words."


def _abbreviated_thousands(page: Draft) -> Iterator[Words]:
    for unit in (" units", " IU"):
        if unit.strip().lower() not in page.words:
            continue
        for start in offsets(page.prose, unit):
            number = _THOUSANDS.search(page.prose[max(0, start - 14) : start])
            if number:
                text = number.group() + unit
                yield Words(start - len(number.group()), start + len(unit), text)


@dose_rule("W622", "letter-for-thousand", _abbreviated_thousands)
def letter_for_thousand(page: Draft, words: Words) -> str:
    """A number of units is abbreviated with `K`, `M` or `MM`.

    It is on ISMP's list, which asks for all digits or for the words `thousand` and `million`.

    Why it matters: `M` means a thousand to some readers and a million to others.

    Wrong: `5K units`

    Right: `5,000 units`

    How to fix: write the number in full, or use the word.
    """
    return (
        f"{words.text!r} abbreviates thousand or million."
        "\nWrite the number in full, or use the word."
    )


@dose_rule(
    "I623",
    "dose-range",
    doses,
    lists=("nhs",),
    once=True,
    fixable=True,
    changes_words=True,
    about=has_doses,
)
def dose_range(page: Draft, dose: Dose) -> str:
    """A dose range is written with a dash (NHS list only; one finding per file).

    The NHS style guide writes `to` in ranges of numbers.

    Why it matters: a dash can be overlooked, read as a minus, or skipped by a screen reader:
    `5-10mg` becomes 510 mg.

    Wrong: `5-10mg`

    Right: `5mg to 10mg`

    How to fix: write `to`.
    """
    if not dose.low:
        return ""
    right = " to ".join(format_dose(page, number, dose.unit) for number in dose.numbers)
    return f"Dose range with a dash: {source_text(page, dose)!r}.\nWrite {right!r}."


@dose_rule(
    "I624",
    "part-of-a-unit",
    doses_other_than_plain,
    lists=("nhs",),
    once=True,
    fixable=True,
    changes_words=True,
    about=has_unusual_numbers,
)
def part_of_a_unit(page: Draft, dose: Dose) -> str:
    """A dose below 1 mg is given in mg, or one below 1 g in g (NHS list only; one finding per
    file).

    The BNF writes amounts below one gram in milligrams and those below one milligram in micrograms.

    Why it matters: a whole number has no decimal point that could be missed.

    Wrong: `0.5 mg`, `0.25 g`

    Right: `500 micrograms`, `250mg`

    How to fix: use the smaller unit.
    """
    smaller = _SMALLER_UNIT.get(dose.unit)
    if smaller is None or not dose.number.startswith("0.") or dose.is_result:
        return ""
    if is_in_names(page, dose.start):
        return ""
    right = corrected(page, dose, _thousandfold, smaller)
    return f"{source_text(page, dose)!r} is less than 1 {dose.unit}.\nWrite {right!r}."


def _ungrouped_digits(dose: Dose) -> list[int]:
    """How many digits the whole part of each number has that is written without commas."""
    return [len(number.partition(".")[0]) for number in dose.numbers if "," not in number]


def _with_commas(number: str) -> str:
    """A number with a comma before every three digits of its whole part."""
    digits, point, decimals = number.replace(",", "").partition(".")
    if not 0 < len(digits) <= _MAX_SEPARATED:
        return number
    return f"{int(digits):,}{point}{decimals}"


def _with_zero(number: str) -> str:
    return f"0{number}" if number.startswith(".") else number


def _without_point(number: str) -> str:
    """What is read if the decimal point is missed."""
    return number.replace(".", "").lstrip("0") or "0" if number.endswith("0") else number


def _without_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") or "0" if "." in number else number


def _thousandfold(number: str) -> str:
    return f"{(Decimal(number) * 1000).normalize():f}"
