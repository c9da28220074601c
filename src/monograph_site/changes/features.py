"""What of a statement matters clinically: amounts, how often something is taken, negation, the
strength of advice, how often and how badly something happens, opposites, and the terms it uses."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from ..model.quantities import dimension_of
from ..model.strings import fold
from ..regex import regex
from .vocabulary import load_vocabulary, stems

_NUMBER_WORDS = {
    "half": "0.5", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
}  # fmt: skip
_COUNTED = (
    r"(?:times?|tablets?|capsules?|pills?|doses?|puffs?|drops?|sprays?|sachets?|patch(?:es)?"
    r"|teaspoon\w*|tablespoon\w*|hours?|days?|weeks?|months?|years?|minutes?|millilit\w+|m[lg]|g)"
)
_NUMBER_WORD = regex(rf"\b({'|'.join(_NUMBER_WORDS)})(?= (?:{_COUNTED})\b)")
_A_DAY = r"(?:a day|per day|each day|every day|daily|/ ?day|in 24 hours|per 24 hours)"
_SCHEDULES = (
    (regex(r"\bevery (?:day|24 hours)\b|\bonce[ -](?:a day|daily|per day|every day)\b"
                r"|\b(?:o\.?d\.?|q\.?d\.?|qday)(?![\w.])|\b1 times? " + _A_DAY), "1 a day"),
    (regex(r"\btwice[ -]" + _A_DAY + r"|\b2 times? " + _A_DAY
                + r"|\bb\.?i\.?d\b\.?|\bb\.?d\b(?!\w)"), "2 a day"),
    (regex(r"\bthrice[ -]" + _A_DAY + r"|\b3 times? " + _A_DAY
                + r"|\bt\.?i\.?d\b\.?|\btds\b"), "3 a day"),
    (regex(r"\b4 times? " + _A_DAY + r"|\bq\.?i\.?d\b\.?|\bqds\b"), "4 a day"),
    (regex(r"\b(?:once (?:a week|weekly|per week|every week)|every week|1 times? a week)\b"),
     "1 a week"),
    (regex(r"\b(?:twice (?:a week|weekly|per week)|2 times? (?:a|per) week)\b"), "2 a week"),
    (regex(r"\b(?:every other day|on alternate days|every 2 days|every second day)\b"),
     "every 2 days"),
    (regex(r"\b(?:at bedtime|at night|nightly|before bed|before going to bed)\b"), "at night"),
    (regex(r"\b(?:when|as|if) (?:needed|required|necessary)\b|\bp\.?r\.?n\b\.?"), "as needed"),
    (regex(r"\bq(\d{1,2}) ?h\b"), r"every \1 hours"),
)  # fmt: skip
_EVERY = regex(
    r"\bevery (\d{1,2})(?: ?(?:-|–|to) ?(\d{1,2}))? ?(h|hrs?|hours?|days?|weeks?|months?)\b"
)
_DAILY = regex(r"\b(?:daily|a day|per day|each day|/ ?day)\b")
_NUMBER = r"\d{1,3}(?:,\d{2,3}){1,4}(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,9})?|\.\d{1,6}"
_RANGE = regex(
    r"(?P<bound>≥|>=|≤|<=|>|<|\bup to |\bat least |\bat most |\bmore than "
    r"|\bless than |\bover |\bunder |\babove |\bbelow )?\s*"
    rf"(?<![\w.,])(?<![a-z]-)(?P<low>{_NUMBER})"
    rf"(?:\s?(?P<low_unit>%|[a-zµμ]{{1,12}})?\s?(?:-|–|—|to\b|and\b(?=\s?\d))\s?(?P<high>{_NUMBER}))?"
    r"(?:[ -]?(?P<unit>%|percent\b|per cent\b|international units?\b|million units?\b|i\.u\.|[a-zµμ]{1,15}²?\b))?"
    r"(?P<per>(?:\s?(?:/|\bper\b)\s?(?:[a-zµμ]{1,10}²?|m2)\b)*)"
)
_UNIT_NAMES = {"percent": "%", "per cent": "%", "hr": "hour", "hrs": "hour", "h": "hour",
               "min": "minute", "mins": "minute", "yr": "year", "yrs": "year", "yo": "year",
               "wk": "week", "wks": "week", "ml": "ml", "kilogram": "kg", "kilograms": "kg"}  # fmt: skip
_TIMES = frozenset("hour day week month year minute second time".split())
_BOUND_NAMES = {">=": "≥", "at least": "≥", "<=": "≤", "at most": "≤", "up to": "≤",
                "more than": ">", "over": ">", "above": ">", "less than": "<", "under": "<", "below": "<"}  # fmt: skip

MUST, SHOULD, MAY, CAUTION, SHOULD_NOT, MUST_NOT = (
    "must", "should", "may", "with caution", "should not", "must not",
)  # fmt: skip
STRENGTH = {MUST_NOT: -3, SHOULD_NOT: -2, CAUTION: -1, MAY: 1, SHOULD: 2, MUST: 3}
"""How strong advice is: below zero against, above zero for."""
_STANCES = (
    (MUST_NOT, r"(?:must|shall|should|may|can) never|must not|mustn't|(?<![a-z] )(?:do not|don't)"
               r"|cannot|can not|can't|never"
               r"|contra-?indicated|is prohibited|forbidden|not be used(?! routinely)"
               r"|not to be (?:used|taken|given)"),
    (SHOULD_NOT, r"should(?: generally| usually)? (?:not|be avoided)|shouldn't|ought not"
                 r"|not (?:generally |usually |routinely )?(?:recommended|advised|advisable|suitable|appropriate)"
                 r"|avoid(?:ed|ing|s|ance)?|(?:is|are) unsuitable|not be used routinely"),
    (CAUTION, r"(?:with|use|extra|special|particular) (?:extreme |great |extra )?(?:caution|care)\b|cautiously"
              r"|caution (?:is|should)|may not(?! (?:work|be (?:enough|effective)))|be careful"),
    (MUST, r"must|shall|always|(?:is|are) (?:required|mandatory|essential|obligatory|crucial|vital)"
           r"|(?:have|has|need|needs) to(?= )"),
    (SHOULD, r"should|ought to|(?:is|are) (?:recommended|advised|advisable)|it is best|recommended"),
    (MAY, r"may|might|can|could|(?:is|are) (?:allowed|permitted)|consider(?:ed)?|possibly|optional(?:ly)?"),
)  # fmt: skip
_STANCE = regex(
    "|".join(rf"(?P<s{number}>\b(?:{pattern}))" for number, (_, pattern) in enumerate(_STANCES))
)
_NEGATION = regex(
    r"\b(?:not|no|without|neither|nor|none|nothing|except|unless|lacks?|absence of|free of|isn't|aren't"
    r"|wasn't|don't|doesn't|didn't|won't|hasn't|haven't|non)\b"
)
_BANDS = regex(
    r"\b(?:very[ -]common(?:ly)?|very[ -]rare(?:ly)?|uncommon(?:ly)?|common(?:ly)?(?! cold| bile)|rare(?:ly)?"
    r"|normally|generally|frequent(?:ly)?|infrequent(?:ly)?|often|usual(?:ly)?|sometimes|occasional(?:ly)?|seldom"
    r"|unknown frequency|frequency (?:is )?(?:not known|unknown))\b"
)
_BAND_NAMES = {"commonly": "common", "frequent": "common", "frequently": "common", "often": "common",
               "usually": "usual", "normally": "usual", "generally": "usual",
               "rarely": "rare", "seldom": "rare", "uncommonly": "uncommon",
               "infrequent": "uncommon", "infrequently": "uncommon", "occasionally": "occasional",
               "sometimes": "occasional", "very commonly": "very common",
               "very rarely": "very rare"}  # fmt: skip
_SERIOUS = regex(
    r"\b(?:serious(?:ly)?|severe(?:ly)?|life[ -]threatening|threatens? life|fatal(?:ly)?|deadly|deaths?|dies?"
    r"|lethal|dangerous|major|mild(?:ly)?|moderate(?:ly)?|minor|harmless|critical|emergency)\b"
)
_SERIOUS_NAMES = {"seriously": "serious", "severely": "severe", "deadly": "fatal", "fatally": "fatal",
                  "death": "fatal", "deaths": "fatal", "lethal": "fatal", "die": "fatal",
                  "dies": "fatal", "mildly": "mild", "moderately": "moderate",
                  "threatens life": "life-threatening", "threaten life": "life-threatening",
                  "life threatening": "life-threatening"}  # fmt: skip


class Features(Struct, frozen=True):
    """What a statement says, in a form that does not depend on its wording."""

    amounts: Counter[str]
    """Amounts and ranges of a medicine or substance, in base units: `mass 0.5`."""
    numbers: Counter[str]
    """Other numbers, with what they count: `18 year`, `90 %`."""
    schedule: Counter[str]
    """How often something is taken: `2 a day`, `every 6 hour`."""
    stances: tuple[str, ...]
    """The advice that is given, in order: keys of `STRENGTH`."""
    negations: int
    """How often something is denied apart from advice."""
    bands: Counter[str]
    """How often something happens."""
    seriousness: Counter[str]
    """How bad something is."""
    terms: Counter[str]
    """Stems of the words with a meaning of their own."""
    written: dict[str, str]
    """How each amount, number and schedule is written."""


@lru_cache(maxsize=1024)  # a pair of statements is looked at from several sides
def features_of(text: str, names: tuple[str, ...] = ()) -> Features:
    """The features of a statement. `names` of the page's medicine are no terms."""
    folded = " ".join(fold(text).replace("’", "'").split())
    written: dict[str, str] = {}
    rest = _NUMBER_WORD.sub(lambda match: _NUMBER_WORDS[match[1]], folded)
    schedule, rest = _take_schedule(rest, written)
    amounts, numbers, rest = _take_amounts(rest, written)
    bands, rest = _take(rest, _BANDS, _BAND_NAMES)
    seriousness, rest = _take(rest, _SERIOUS, _SERIOUS_NAMES)
    stances: list[str] = []

    def stance(match: re.Match[str]) -> str:
        stances.append(_STANCES[int((match.lastgroup or "s0")[1:])][0])
        return " "

    rest = _STANCE.sub(stance, rest)
    rest, negations = _NEGATION.subn(" ", rest)
    neutral = _neutral_stems(names)
    terms = Counter(word for word in stems(rest) if word not in neutral and not word.isdigit())
    return Features(
        amounts, numbers, schedule, tuple(stances), negations, bands, seriousness, terms, written
    )


@lru_cache(maxsize=16)
def _neutral_stems(names: tuple[str, ...]) -> frozenset[str]:
    return load_vocabulary().neutral.union(*map(stems, names))


def _take(text: str, pattern: re.Pattern[str], names: dict[str, str]) -> tuple[Counter[str], str]:
    """The words that a pattern finds, each under its usual name, and the text without them."""
    found: Counter[str] = Counter()

    def keep(match: re.Match[str]) -> str:
        word = match[0]
        found[names.get(word, word.replace("-", " ") if "very" in word else word)] += 1
        return " "

    return found, pattern.sub(keep, text)


def _take_schedule(text: str, written: dict[str, str]) -> tuple[Counter[str], str]:
    found: Counter[str] = Counter()

    def keep(key: str, words: str) -> str:
        found[key] += 1
        written.setdefault(key, words.strip())
        return " "

    for pattern, name in _SCHEDULES:
        text = pattern.sub(lambda match, name=name: keep(match.expand(name), match[0]), text)  # type: ignore[misc]

    def every(match: re.Match[str]) -> str:
        unit = _unit_name(match[3])
        return keep(f"every {match[1]}{'-' + match[2] if match[2] else ''} {unit}", match[0])

    text = _EVERY.sub(every, text)
    text = _DAILY.sub(lambda match: keep("1 a day", match[0]), text)
    return found, text


def _unit_name(unit: str) -> str:
    name = _UNIT_NAMES.get(unit, unit)
    return name[:-1] if name.endswith("s") and name[:-1] in _TIMES else name


def _take_amounts(text: str, written: dict[str, str]) -> tuple[Counter[str], Counter[str], str]:
    """The amounts and the other numbers of a text, and the text without them; `written` gets how each
    is written."""
    amounts: Counter[str] = Counter()
    numbers: Counter[str] = Counter()

    def keep(match: re.Match[str]) -> str:
        key, is_amount, other_word = _read_amount(match)
        (amounts if is_amount else numbers)[key] += 1
        words = match[0].strip()
        written.setdefault(key, words[: -len(other_word)].strip() if other_word else words)
        return f" {other_word} " if other_word else " "

    return amounts, numbers, _RANGE.sub(keep, text)


def _read_amount(match: re.Match[str]) -> tuple[str, bool, str]:
    """A number or range in the form in which it is compared; whether it is an amount of a medicine or
    substance; and the word behind it if that is not a unit, to be compared with the other words."""
    unit = match["unit"] or ""
    dimension = dimension_of(unit) if unit else None
    bound = (match["bound"] or "").strip()
    per = re.sub(r"\s+", "", match["per"] or "").replace("per", "/")
    ends = [match["low"], match["high"]] if match["high"] else [match["low"]]
    values = [Decimal(end.replace(",", "")) for end in ends]
    is_amount, other_word = dimension is not None and unit != "%", ""
    if dimension is not None and is_amount:
        factors = [dimension.factor] * len(values)
        low_dimension = dimension_of(match["low_unit"] or "")
        if len(values) == 2 and low_dimension and low_dimension.name == dimension.name:
            factors[0] = low_dimension.factor
        values = [value * factor for value, factor in zip(values, factors, strict=True)]
        name = dimension.name
    else:
        name = _unit_name(unit)
        if unit and name not in _TIMES and name != "%":
            name, other_word = "", unit
    joined = "-".join(f"{value.normalize():f}" for value in values)
    key = " ".join(filter(None, (_BOUND_NAMES.get(bound, bound), joined, name + per)))
    return key, is_amount, other_word
