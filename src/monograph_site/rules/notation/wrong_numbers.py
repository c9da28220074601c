"""Numbers of doses that cannot be right as they are written: decimal commas, stray separators, ranges
that run backwards, units that were mixed up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ._doses import WRITTEN_UNIT, Dose, Words, dose_rule, doses, is_result_or_rate, source_text

_DECIMAL_COMMA = re.compile(
    rf"(?<![\w.,])(?:0,\d{{1,4}}|\d{{1,3}},\d{{1,2}})(?:[-–]\d{{1,3}},\d{{1,2}})? ?{WRITTEN_UNIT}"
)
_MALFORMED = re.compile(
    r"(?<![\w.,])(?=\d[\d.,]*[.,][\d.,]*[.,])(?!\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?[ ]?[^\d.,])"
    rf"\d[\d.,]{{2,18}}\d ?{WRITTEN_UNIT}"
)
"""At least two separators, and not thousands or lakhs (`1,00,000`)."""
_RANGE = re.compile(
    r"(?<![\w.,/–-])(\d[\d,]{0,8}(?:\.\d{1,4})?) ?(?:[-–]| to )"
    rf" ?(\d[\d,]{{0,8}}(?:\.\d{{1,4}})?) ?{WRITTEN_UNIT}(?![-–]\d)"
)
_FALLS = re.compile(
    r"\b(?:from|reduc\w+|decreas\w+|taper\w*|lower\w*|down|fall\w*|fell|drop\w*|declin\w+"
    r"|wean\w*|titrat\w+|convert\w*|switch\w*|ratio|combination|strengths?)\b"
)
"""Words before a range that is meant to run downwards, or before two strengths."""
MIN_MIXED_UP = 20
"""Grams that are no dose where the page has as many milligrams."""


def _decimal_commas(page: Draft) -> Iterator[Words]:
    if page.language.startswith("en"):
        yield from _matches(page, _DECIMAL_COMMA)


@dose_rule("W626", "decimal-comma", _decimal_commas)
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
    return _matches(page, _MALFORMED)


@dose_rule("W627", "malformed-number", _malformed_numbers)
def malformed_number(page: Draft, words: Words) -> str:
    """The commas and points in the number of a dose do not make a number.

    Why it matters: nobody can tell whether a digit is missing, or a separator is too much.

    Wrong: `10,000,0 units`

    Right: `100,000 units`, if that is what the source says

    How to fix: look up the dose in a source.
    """
    return f"{words.text!r} is not a number.\nLook up the dose in a source."


def _backward_ranges(page: Draft) -> Iterator[Words]:
    if " + " in page.title:
        return  # `500-125 mg` are two strengths
    for words, match in _matched(page, _RANGE):
        low, high = (float(number.replace(",", "")) for number in match.groups())
        before = page.lower[max(0, match.start() - 40) : match.start()].rpartition("\n")[2]
        if low > high and not _FALLS.search(before) and match.group(1)[:1] != "0":
            yield words


@dose_rule("W628", "backward-range", _backward_ranges)
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
    found = doses(page)
    milligrams = {_amount(dose) for dose in found if dose.unit == "mg"}
    for dose in found:
        is_gram = dose.unit in ("g", "gram", "grams") and not is_result_or_rate(dose)
        if is_gram and _amount(dose) in milligrams and _amount(dose) >= MIN_MIXED_UP:
            yield dose


@dose_rule("W629", "gram-for-milligram", _grams_and_milligrams)
def gram_for_milligram(page: Draft, dose: Dose) -> str:
    """A page gives the same large number once in grams and elsewhere in milligrams.

    Why it matters: one letter is a thousandfold overdose.

    Wrong: `Take 500 mg twice a day.` and, further down, `the usual dose is 500 g`

    Right: `500 mg` in both places

    How to fix: look up the dose in a source.
    """
    return (
        f"{source_text(page, dose)!r} here, but {dose.number} mg elsewhere on this page."
        "\nLook up the dose in a source."
    )


def _amount(dose: Dose) -> float:
    try:
        return float(dose.number.replace(",", ""))
    except ValueError:
        return 0.0


def _matched(page: Draft, pattern: re.Pattern[str]) -> Iterator[tuple[Words, re.Match[str]]]:
    """The matches of a pattern outside the title, as places too."""
    for match in pattern.finditer(page.prose):
        if match.group() not in page.title:
            yield Words(match.start(), match.end(), match.group()), match


def _matches(page: Draft, pattern: re.Pattern[str]) -> Iterator[Words]:
    return (words for words, _ in _matched(page, pattern))
