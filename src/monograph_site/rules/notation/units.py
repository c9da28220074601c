"""How the units of doses are written: abbreviations, spelling, the space before them.

The sources of the rules are ISMP's list of error-prone notation, the NHS style guide and the BNF
(see `_doses`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...regex import regex
from ._doses import (
    MICROGRAM_SYMBOLS,
    Dose,
    Words,
    corrected,
    dose_rule,
    doses,
    doses_in,
    find_words,
    has_doses,
    has_unusual_units,
    is_in_names,
    is_product_name,
    is_spaced,
    source_text,
)

_STANDARD_SPELLING = {
    "mgs": "mg", "Mg": "mg", "MG": "mg", "mG": "mg", "mcgs": "mcg", "Mcg": "mcg", "MCG": "mcg",
    "mls": "mL", "mLs": "mL", "Ml": "mL", "ML": "mL", "gm": "g", "gms": "g", "Gm": "g", "Gms": "g",
}  # fmt: skip
_APOTHECARY_SYMBOLS = ("ʒ", "℥")
_find_apothecary_units = find_words(
    "grain", "grains", "gr", "dram", "drams", "minim", "minims", *_APOTHECARY_SYMBOLS
)
_NUMBER_BEFORE = regex(r"[0-9][0-9./]{0,7} ?$")
_FOOD = regex(r" of (?:rice|wheat|corn|sand|salt|sugar|pepper)\b")


@dose_rule("W603", "abbreviated-units", doses_in("U", "u"), fixable=True, about=has_unusual_units)
def abbreviated_units(page: Draft, dose: Dose) -> str:
    """A dose is given in `U`. For `IU` see `international-units`.

    ISMP's list and the BNF ask for the word `units`. Test results (`U/L`) and names (`U-100
    insulin`) are not doses and are not reported.

    Why it matters: `4U` was read as 40 and as 44. Insulin and heparin, which can kill in overdose,
    are measured in units.

    Wrong: `Inject 4 U.`

    Right: `Inject 4 units.`

    How to fix: write the word.
    """
    return _with_word(page, dose, "units")


@dose_rule(
    "I625",
    "international-units",
    doses_in("IU", "I.U.", "iu", "i.u."),
    once=True,
    fixable=True,
    changes_words=True,
    about=has_unusual_units,
)
def international_units(page: Draft, dose: Dose) -> str:
    """Doses are given in `IU` (one finding per file).

    ISMP's list asks for the word `units`. Outside the United States `IU` is usual on labels.

    Why it matters: `IU` was read as IV (into a vein) and as 10.

    Wrong: `400 IU once a day`

    Right: `400 units once a day`

    How to fix: write the word, or suppress the finding for the site if its readers expect `IU`.
    """
    return _with_word(page, dose, "international units")


def _with_word(page: Draft, dose: Dose, meaning: str) -> str:
    """What is wrong with a dose in `U` or `IU`; '' for a test result, a name or another unit."""
    if dose.is_result or is_in_names(page, dose.start):
        return ""
    right = corrected(page, dose, unit="unit" if dose.number == "1" else "units")
    return f"{source_text(page, dose)!r} abbreviates {meaning!r}.\nWrite {right!r}."


@dose_rule(
    "W604", "microgram-sign", doses_in(*MICROGRAM_SYMBOLS), fixable=True, about=has_unusual_units
)
def microgram_sign(page: Draft, dose: Dose) -> str:
    """A dose is given in `µg` or `ug`.

    ISMP's list asks for `mcg` instead; the NHS style guide and the BNF ask for `micrograms`.

    Why it matters: `µg` can be misread as `mg`, which is a thousand times as much.

    Wrong: `50 µg once a day`

    Right: `50 mcg once a day` (ISMP) or `50 micrograms once a day` (NHS)

    How to fix: write the unit as your list does.
    """
    if dose.is_result:
        return ""
    misread = corrected(page, dose, unit="mg")
    right = corrected(page, dose, unit="mcg" if page.config.notation == "ismp" else "micrograms")
    return f"{source_text(page, dose)!r} can be misread as {misread!r}.\nWrite {right!r}."


@dose_rule(
    "I605",
    "abbreviated-micrograms",
    doses_in("mcg", "Mcg", "MCG"),
    lists=("nhs",),
    once=True,
    fixable=True,
    about=has_unusual_units,
)
def abbreviated_micrograms(page: Draft, dose: Dose) -> str:
    """Doses are given in `mcg` (NHS list only; one finding per file).

    The NHS style guide and the BNF write `micrograms` in full. ISMP's list, by contrast, asks for
    `mcg`.

    Why it matters: `mcg` can be misread as `mg`, and many readers do not know it.

    Wrong: `50 mcg once a day`

    Right: `50 micrograms once a day`

    How to fix: write the word.
    """
    if is_in_names(page, dose.start):
        return ""
    right = corrected(page, dose, unit="micrograms")
    return f"{source_text(page, dose)!r} abbreviates 'micrograms'.\nWrite {right!r}."


@dose_rule("I609", "unit-spacing", doses, once=True, fixable=True, about=has_doses)
def unit_spacing(page: Draft, dose: Dose) -> str:
    """Doses have no space before their unit (ISMP list), or have one (NHS list); one finding per
    file.

    The two lists contradict each other. ISMP asks for a space, because the `m` of `10mg` was read
    as zeros. The NHS style guide writes `10mg`. Both put a space before a unit that is a word.

    Why it matters: consistent notation is easier to read, and to check.

    Wrong: `10mg` under `notation: ismp`; `10 mg` under `notation: nhs`

    Right: `10 mg` under `notation: ismp`; `10mg` under `notation: nhs`

    How to fix: write doses as your list does, or choose the other list in site.yaml.
    """
    if bool(dose.gap) is is_spaced(page, dose.unit) or is_in_names(page, dose.start):
        return ""
    space = "Space" if dose.gap else "No space"
    return (
        f"{space} before the unit in {source_text(page, dose)!r}.\nWrite {corrected(page, dose)!r}."
    )


@dose_rule("W615", "cubic-centimetres", doses_in("cc"), fixable=True, about=has_unusual_units)
def cubic_centimetres(page: Draft, dose: Dose) -> str:
    """A dose is given in `cc`.

    ISMP's list and the BNF use millilitres instead.

    Why it matters: `cc` can be misread as `u` (units) or as two zeros.

    Wrong: `Take 5 cc.`

    Right: `Take 5 mL.` (ISMP) or `Take 5ml.` (NHS)

    How to fix: write the unit as your list does; the number stays the same.
    """
    right = corrected(page, dose, unit="mL" if page.config.notation == "ismp" else "ml")
    return (
        f"The unit in {source_text(page, dose)!r} can be misread as 'u' (units) or as two zeros."
        f"\nWrite {right!r}."
    )


def _apothecary_doses(page: Draft) -> Iterator[Words]:
    for words in _find_apothecary_units(page):
        number = _NUMBER_BEFORE.search(page.prose[max(0, words.start - 12) : words.start])
        if (number or words.text in _APOTHECARY_SYMBOLS) and not _FOOD.match(page.prose, words.end):
            start = words.start - len(number.group()) if number else words.start
            yield Words(start, words.end, page.prose[start : words.end])


@dose_rule("W619", "apothecary-unit", _apothecary_doses)
def apothecary_unit(page: Draft, words: Words) -> str:
    """A dose is given in grains, drams or minims.

    ISMP's list asks for the metric system; so does the NHS style guide for doses.

    Why it matters: `gr` can be misread as gram (a grain is 65 mg), the symbol of the dram as a 3,
    the minim as mL.

    Wrong: `thyroid, 2 grains`

    Right: `thyroid, 130 mg`

    How to fix: take the metric amount from a source; do not convert it yourself.
    """
    return f"{words.text!r} is in apothecary units.\nGive the metric amount."


@dose_rule(
    "I620", "unit-spelling", doses_in(*_STANDARD_SPELLING), fixable=True, about=has_unusual_units
)
def unit_spelling(page: Draft, dose: Dose) -> str:
    """A unit has a plural `s`, is written `gm`, or is in capital letters.

    ISMP's list and the BNF use `mg`, `g` and `mL` (`ml`), singular and in this spelling.

    Why it matters: an `s` can be misread as a 5, `gm` as mg, and `MG` as millions.

    Wrong: `5 mgs`, `2 gm`, `10 MG`

    Right: `5 mg`, `2 g`, `10 mg`

    How to fix: use the standard symbol.
    """
    if is_product_name(page, dose):
        return ""
    right = corrected(page, dose, unit=_STANDARD_SPELLING[dose.unit])
    return f"Non-standard spelling of the unit in {source_text(page, dose)!r}.\nWrite {right!r}."
