"""Abbreviations and symbols in directions, and abbreviated names of medicines.

The sources of the rules are ISMP's list of error-prone notation, the NHS style guide and the BNF
(see `_doses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...regex import regex
from ._doses import Words, dose_rule, find_words, offsets

_DAILY = dict.fromkeys("QD qd Q.D. q.d.".split(), "once a day")
_DAILY |= dict.fromkeys("QOD qod Q.O.D. q.o.d.".split(), "every other day")

_LATIN = dict.fromkeys("BID B.I.D. b.i.d. BD".split(), "twice a day")
_LATIN |= dict.fromkeys("TID tid T.I.D. t.i.d. TDS tds".split(), "3 times a day")
_LATIN |= dict.fromkeys("QID qid Q.I.D. q.i.d. QDS qds".split(), "4 times a day")

_find_sulfates = find_words("MSO4", "MSO₄", "MgSO4", "MgSO₄", "MSO", "MgSO")
"""Without the digit where `<sub>` makes it small."""
_SULFATE_DEFINED = regex(
    r"(?:magnesium|morphine) sul(?:f|ph)ate[*_]{0,3} ?\((?:\w+ ){0,3}(?:MSO|MgSO)"
    r"|M(?:g)?SO(?:4|₄|<sub>4</sub>)[*_]{0,3} ?\((?:magnesium|morphine) sul",
    re.IGNORECASE,
)
"""The full name beside the abbreviation: `Magnesium sulfate (MgSO4)`."""
_find_ms = find_words("MS")
_MS_DOSE = regex(r"MS ?[0-9][0-9.]{0,9} ?mg\b")

_AMBIGUOUS = {
    "OD": ("can mean once a day or right eye", "'once a day' or 'right eye'"),
    "o.d.": ("can mean once a day or right eye", "'once a day' or 'right eye'"),
    "HS": ("can mean at bedtime or half strength", "'at bedtime' or 'half strength'"),
    "hs": ("can mean at bedtime or half strength", "'at bedtime' or 'half strength'"),
    "UD": ("can mean as directed or unit dose", "'as directed'"),
    "BT": ("can be misread as twice a day (BID)", "'at bedtime'"),
    "IN": ("can be misread as into a muscle (IM) or a vein (IV)", "'into the nose'"),
    "TIW": ("can be misread as 3 times a day", "'3 times a week'"),
    "BIW": ("can be misread as twice a day", "'twice a week'"),
    "D/C": ("can mean discharge or discontinue", "which of the two is meant"),
    "per os": ("can be misread as left eye (OS)", "'by mouth'"),
    "OS": ("can be misread as left ear (AS)", "'left eye'"),
    "OU": ("can be misread as both ears (AU)", "'both eyes'"),
    "AD": ("can be misread as right eye (OD)", "'right ear'"),
    "AS": ("can be misread as left eye (OS)", "'left ear'"),
    "AU": ("can be misread as both eyes (OU)", "'both ears'"),
}
"""By abbreviation: what is wrong with it, and what to write instead."""
_TIMES = regex(r"[x×1-9](?:(?<=[\w)] [x×]) ?[1-9]\d? ?d\b|(?<=[\w)] [1-9]) ?[x×] ?d\b)")
_DAYS_OR_DOSES = ("can mean for days or doses", "'for 3 days' or '3 times a day'")
_ALWAYS_AMBIGUOUS = frozenset(("TIW", "BIW", "D/C", "per os"))
_AMBIGUOUS_AFTER_DOSE = frozenset(("OD", "o.d.", "HS", "hs", "UD", "BT", "IN"))
_IN_DROPS = ("OS", "OU", "AD", "AS", "AU")
_DROPS_WORDS = frozenset("drop drops instil instill".split())
_find_in_drops = find_words(*_IN_DROPS)
_find_others = find_words(*(word for word in _AMBIGUOUS if word not in _IN_DROPS))
_NIL_BY_MOUTH = "nil "
"""What comes before `per os` where nothing is to be swallowed."""
_DIRECTION_BEFORE = regex(
    r"(?:[0-9] ?(?:mg|mcg|g|m[lL]|units|IU)|tablets?|capsules?|drops?|puffs?|sprays?"
    r"|daily|BID|TID|QID),? (?:at |and )?$"
)
_DROPS_BEFORE = regex(r"\b(?:[Dd]rops?|[Ii]nstill?)\b[^.;\n]{0,40} $")

_SYMBOLS = {
    "<": ("<",),
    ">": (">",),
    "≤": ("≤",),
    "≥": ("≥",),
    "@": ("@",),
    "&": ("&lt;", "&gt;", "& "),
}
"""Symbols by their first character: one character is found much faster than two."""
_NUMBER = regex(r"=? ?[0-9][0-9.,]{0,9}(?<=[0-9])")
_DOSE_BEFORE = regex(r"[0-9] ?[a-zA-Z]{0,5} ?$")

_DRUG_NAMES = {
    "APAP": "paracetamol (acetaminophen)",
    "AZT": "zidovudine",
    "CPZ": "chlorpromazine",
    "DTO": "diluted tincture of opium",
    "HCT": "hydrochlorothiazide",
    "HCTZ": "hydrochlorothiazide",
    "MTX": "methotrexate",
    "NoAC": "direct oral anticoagulant",
    "NOAC": "direct oral anticoagulant",
    "PTU": "propylthiouracil",
    "TAC": "triamcinolone",
    "TAF": "tenofovir alafenamide",
    "TDF": "tenofovir disoproxil fumarate",
    "TNK": "tenecteplase",
    "TPA": "alteplase",
    "tPA": "alteplase",
    "ZnSO4": "zinc sulfate",
}
_find_drug_names = find_words(*_DRUG_NAMES)
_BRAND_BEFORE = regex(r"[A-Z][a-z]{2,20}®? $")


@dose_rule(
    "W606",
    "daily-abbreviation",
    find_words(*_DAILY),
    once_each=True,
    fixable=True,
    changes_words=True,
)
def daily_abbreviation(page: Draft, words: Words) -> str:
    """A medicine is to be taken `QD`, `q.d.` or `QOD` (one finding per abbreviation and file).

    All are on ISMP's list; the NHS style guide and the BNF give directions in plain words.

    Why it matters: `QD` and `QOD` have been read as `QID`: four doses a day instead of one, or
    instead of one every other day.

    Wrong: `20 mg QD`

    Right: `20 mg once a day`

    How to fix: write `once a day` or `every other day`.
    """
    return (
        f"{words.text!r} can be misread as four times a day (QID).\nWrite {_DAILY[words.text]!r}."
    )


@dose_rule(
    "I607",
    "latin-frequency",
    find_words(*_LATIN),
    lists=("nhs",),
    once=True,
    fixable=True,
    changes_words=True,
)
def latin_frequency(page: Draft, words: Words) -> str:
    """Directions use `BID`, `TDS` and the like (NHS list only; one finding per file).

    The BNF asks for directions in English without abbreviation, and so does the NHS style guide for
    patients. ISMP's list accepts `BID` and `TID`.

    Why it matters: few readers know the Latin behind them.

    Wrong: `10 mg BID`

    Right: `10 mg twice a day`

    How to fix: write the words.
    """
    return f"{words.text!r} is a Latin abbreviation.\nWrite {_LATIN[words.text]!r}."


def _morphine_or_magnesium(page: Draft) -> Iterator[Words]:
    sulfates = _find_sulfates(page)
    if sulfates and not _SULFATE_DEFINED.search(page.source.text):
        yield from sulfates
    for words in _find_ms(page):
        dose = _MS_DOSE.match(page.prose, words.start)
        if dose:
            yield words._replace(end=dose.end())


@dose_rule("W608", "morphine-or-magnesium", _morphine_or_magnesium)
def morphine_or_magnesium(page: Draft, words: Words) -> str:
    """A medicine is called `MS`, `MSO4` or `MgSO4`.

    All three are on the lists of ISMP and the Joint Commission, and the BNF asks for names of
    medicines in full. `MS` is reported only before a dose: elsewhere it means multiple sclerosis. A
    page that explains its abbreviation, `magnesium sulfate (MgSO4)`, may use it.

    Why it matters: each has been mistaken for the other, and both are dangerous: morphine sulfate
    and magnesium sulfate.

    Wrong: `MSO4 10 mg`

    Right: `morphine sulfate 10 mg`

    How to fix: write the full name of the medicine.
    """
    return (
        f"{words.text!r} can be read as morphine sulfate or magnesium sulfate."
        "\nWrite the full name."
    )


def _find_ambiguous(page: Draft) -> list[Words]:
    """The abbreviations with two meanings; those of drops only where the page speaks of drops."""
    if page.words.isdisjoint(_DROPS_WORDS):
        return _find_others(page)
    return sorted((*_find_others(page), *_find_in_drops(page)))


def _ambiguous_directions(page: Draft) -> Iterator[Words]:
    if "xd" in page.words or ("d" in page.words and ("x" in page.words or "×" in page.prose)):
        for match in _TIMES.finditer(page.prose):
            yield Words(match.start(), match.end(), match.group())
    for words in _find_ambiguous(page):
        before = page.prose[max(0, words.start - 50) : words.start]
        context = _DIRECTION_BEFORE if words.text in _AMBIGUOUS_AFTER_DOSE else _DROPS_BEFORE
        is_nil = words.text == "per os" and before.lower().endswith(_NIL_BY_MOUTH)
        if (words.text in _ALWAYS_AMBIGUOUS and not is_nil) or context.search(before):
            yield words


@dose_rule("W613", "ambiguous-abbreviation", _ambiguous_directions, once_each=True)
def ambiguous_abbreviation(page: Draft, words: Words) -> str:
    """A direction uses an abbreviation that has two meanings or looks like another one: `OD`, `HS`,
    `TIW`, `D/C`, `AU`, `x3d`, … (one finding per abbreviation and file).

    They are from ISMP's list; the BNF asks for directions in English without abbreviation. Those
    that are also names or other words (`OD` an overdose, `AS` a disease) are reported only after a
    dose or in directions for drops.

    Why it matters: `OD` was read as the right eye, `HS` as half strength, `TIW` as three times a
    day, and `D/C` as stopping the medicines that were meant to be given after discharge.

    Wrong: `5 mg OD`

    Right: `5 mg once a day`

    How to fix: write the meaning in full.
    """
    problem, right = _AMBIGUOUS.get(words.text, _DAYS_OR_DOSES)
    return f"{words.text!r} {problem}.\nWrite {right}."


@dose_rule(
    "I614",
    "subcutaneous-abbreviation",
    find_words("SC", "SQ", "sub q", "subQ", "SubQ"),
    once=True,
)
def subcutaneous_abbreviation(page: Draft, words: Words) -> str:
    """Subcutaneous injection is abbreviated as `SC`, `SQ` or `sub q` (one finding per file).

    All are on ISMP's list; the BNF writes directions without abbreviation.

    Why it matters: `SC` has been read as `SL` (under the tongue), `SQ` as `5 every`.

    Wrong: `40 mg SC every two weeks`

    Right: `40 mg under the skin every two weeks`

    How to fix: write `under the skin`, `subcutaneous` or `subcutaneously`.
    """
    return f"{words.text!r} abbreviates 'subcutaneous'.\nWrite 'subcutaneous', or 'under the skin'."


def _symbols(page: Draft) -> list[Words]:
    """Symbols before a number, except arrows and quotation marks. `@` and `&` must join two
    numbers."""
    text, places = page.prose, []
    for character, symbols in _SYMBOLS.items():
        if not character.isascii() and character not in page.non_ascii:
            continue
        for start in offsets(text, character):
            symbol = next((one for one in symbols if text.startswith(one, start)), None)
            if symbol is None:
                continue
            number = _NUMBER.match(text, start + len(symbol))
            before = text[max(0, start - 8) : start]
            if number is None or before[-1:] in ("-", "=", "\n", ""):
                continue
            if symbol not in ("@", "& ") or _DOSE_BEFORE.search(before):
                places.append(Words(start, number.end(), text[start : number.end()]))
    return sorted(places)


@dose_rule("I616", "symbol-for-word", _symbols, lists=("ismp",), once=True)
def symbol_for_word(page: Draft, words: Words) -> str:
    """A number is next to `<`, `>`, `≤`, `≥`, `@` or `&` (ISMP list only; one finding per file).

    These symbols are on ISMP's list, which asks for words.

    Why it matters: `<10` was read as 40, `<` and `>` are mistaken for each other, and `@` and `&`
    look like a 2.

    Wrong: `children <12 years`

    Right: `children under 12 years`

    How to fix: write `less than`, `more than`, `at least`, `up to`, `at` or `and`.
    """
    return f"The symbol in {words.text!r} can be misread.\nUse a word instead."


def _drug_names(page: Draft) -> list[Words]:
    """The first place of each abbreviation, except as part of a brand name (`Examplin HCT`)."""
    first: dict[str, Words] = {}
    for words in _find_drug_names(page):
        before = page.prose[max(0, words.start - 30) : words.start]
        if words.text != "HCT" or not _BRAND_BEFORE.search(before):
            first.setdefault(words.text, words)
    return [*first.values()]


@dose_rule("I618", "drug-name-abbreviation", _drug_names)
def drug_name_abbreviation(page: Draft, words: Words) -> str:
    """A medicine is called by an abbreviation that has been mistaken for another medicine (one
    finding per abbreviation and file).

    The abbreviations are those of ISMP's list; the BNF also asks for names in full. Lists of names,
    titles and brand names (`Examplin HCT`) are not reported.

    Why it matters: `AZT` was read as azathioprine, `HCT` as hydrocortisone and as
    hydrochlorothiazide.

    Wrong: `Take MTX once a week.`

    Right: `Take methotrexate once a week.`

    How to fix: write the name in full.
    """
    return (
        f"{words.text!r} has been mistaken for another medicine."
        f"\nWrite {_DRUG_NAMES[words.text]!r} if that is what is meant."
    )
