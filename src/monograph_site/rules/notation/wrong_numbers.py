"""Numbers of doses that cannot be right as they are written: decimal commas, stray separators, ranges
that run backwards, units that were mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...regex import regex
from ._doses import (
    Dose,
    Words,
    dose_rule,
    doses,
    doses_in,
    doses_on,
    doses_other_than_plain,
    has_doses,
    has_unusual_numbers,
    is_result_or_rate,
    source_text,
)

_DECIMAL_COMMA = regex(r"0,\d{1,4}|\d{1,3},\d{1,2}")
_GROUPED = regex(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
"""Thousands or lakhs (`1,00,000`)."""
_LOWER = regex(r"(?<![\w.,/–-])(\d[\d,]{0,8}(?:\.\d{1,4})?) to $")
_FALLS = regex(
    r"\b(?:from|reduc\w+|decreas\w+|taper\w*|lower\w*|down|fall\w*|fell|drop\w*|declin\w+"
    r"|wean\w*|titrat\w+|convert\w*|switch\w*|ratio|combination|strengths?)\b"
)
"""Words before a range that is meant to run downwards, or before two strengths."""
_DIRECTIONS = regex(
    r"\b(?:dos(?:e|es|age)|takes?|taken|given|administer\w*|daily|day|every|once|twice|times|hourly"
    r"|maximum|orally|by mouth|intravenously)\b"
)
"""Words around an amount that somebody takes, not one that is weighed."""
_AROUND = 40
"""Characters before and after an amount in which such words are looked for."""
_find_milligrams = doses_in("mg")
_find_grams = doses_in("g", "gram", "grams")
MIN_MIXED_UP = 20
"""Grams that are no dose where the page has as many milligrams."""


def _decimal_commas(page: Draft) -> Iterator[Words]:
    for dose in doses_other_than_plain(page):
        if any(_DECIMAL_COMMA.fullmatch(number) for number in dose.numbers):
            yield Words(dose.start, dose.end, source_text(page, dose))


@dose_rule("W626", "decimal-comma", _decimal_commas, about=has_unusual_numbers)
def decimal_comma(page: Draft, words: Words) -> str:
    """A dose has a comma where English has a decimal point.

    The NHS style guide, the BNF and ISMP all write a point; a comma separates thousands.

    Why it matters: `0,5 mg` can be read as 5 mg, and `1,5 g` as 15 g.

    Wrong: `0,5 mg`

    Right: `0.5 mg`

    How to fix: check the dose against a source, and write a point.
    """
    return (
        f"Decimal comma in {words.text!r}: it can be misread as {words.text.replace(',', '')!r}."
        f"\nCheck the dose, and write {words.text.replace(',', '.')!r}."
    )


def _malformed_numbers(page: Draft) -> Iterator[Words]:
    yield from doses_on(page).malformed
    for dose in doses_other_than_plain(page):
        if dose.number.count(",") > 1 and not _GROUPED.fullmatch(dose.number):
            yield Words(dose.start, dose.end, source_text(page, dose))


@dose_rule("W627", "malformed-number", _malformed_numbers, about=has_unusual_numbers)
def malformed_number(page: Draft, words: Words) -> str:
    """The commas and points in the number of a dose do not make a number.

    Why it matters: a digit may be missing, or there is an extra separator.

    Wrong: `10,000,0 units`

    Right: `100,000 units`, if that is what the source says

    How to fix: look up the dose in a source.
    """
    return f"{words.text!r} is not a number.\nLook up the dose in a source."


def _backward_ranges(page: Draft) -> Iterator[Words]:
    if " + " in page.title:
        return  # `500-125 mg` are two strengths
    for dose in doses(page):
        start, low = dose.start, dose.low
        if not low and page.prose.startswith(" to ", start - 4):
            lower = _LOWER.search(page.prose, max(0, start - 20), start)
            start, low = (lower.start(), lower[1]) if lower else (start, "")
        if not low or _amount(low) <= _amount(dose.number) or "—" in page.prose[start : dose.end]:
            continue  # a long dash separates: `Days 8 to 14—11 mg`
        before = page.lower[max(0, start - 40) : start].rpartition("\n")[2]
        after = page.prose[dose.end : dose.end + 1]
        if not _FALLS.search(before) and before[-1:] not in "-–/" and after not in "-–":
            yield Words(start, dose.end, page.prose[start : dose.end])


@dose_rule("W628", "backward-range", _backward_ranges, about=has_doses)
def backward_range(page: Draft, words: Words) -> str:
    """The first number of a dose range is larger than the second one.

    Ranges after words such as `from` and `reduce`, and strengths of combinations, are not reported.

    Why it matters: one of the two numbers is probably wrong by a digit.

    Wrong: `50-10 mg once a day`

    Right: `5-10 mg once a day`

    How to fix: look up the dose in a source.
    """
    return f"The range {words.text!r} runs backwards.\nLook up the dose in a source."


def _grams_and_milligrams(page: Draft) -> Iterator[Dose]:
    milligrams = {_amount(dose.number) for dose in _find_milligrams(page)}
    for dose in _find_grams(page) if milligrams else ():
        is_dose = not is_result_or_rate(dose) and _is_taken(page.prose, dose)
        if is_dose and MIN_MIXED_UP <= _amount(dose.number) in milligrams:
            yield dose


def _is_taken(prose: str, dose: Dose) -> bool:
    """Whether words on the same line, near an amount, say that somebody takes it."""
    before = prose[max(0, dose.start - _AROUND) : dose.start].rpartition("\n")[2]
    after = prose[dose.end : dose.end + _AROUND].partition("\n")[0]
    return _DIRECTIONS.search(f"{before} {after}".lower()) is not None


@dose_rule("W629", "gram-for-milligram", _grams_and_milligrams, about=has_doses)
def gram_for_milligram(page: Draft, dose: Dose) -> str:
    """A page gives the same large number once in grams, as a dose, and elsewhere in milligrams.

    Why it matters: one letter is a thousandfold overdose.

    Wrong: `Take 500 mg twice a day.` and, further down, `the usual dose is 500 g`

    Right: `500 mg` in both places

    How to fix: look up the dose in a source.
    """
    return (
        f"{source_text(page, dose)!r} here, but {dose.number} mg elsewhere on this page."
        "\nLook up the dose in a source."
    )


def _amount(number: str) -> float:
    try:
        return float(number.replace(",", ""))
    except ValueError:
        return 0.0
