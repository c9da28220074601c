"""drug-name-abbreviation (I618)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, words

_NAMES = {
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
_BRAND = re.compile(r"[A-Z][a-z]{2,20}®? $")


@rule("I618", "drug-name-abbreviation")
def drug_name_abbreviation(page: Draft) -> Iterator[Problem]:
    """A medicine is called by an abbreviation that was taken for another medicine (one finding for
    each in a file).

    The abbreviations are those of ISMP's list; the BNF, too, wants names in full. Lists of names,
    titles and brand names (`Examplin HCT`) are let pass.

    Why it matters: `AZT` was read as azathioprine, `HCT` as hydrocortisone and as
    hydrochlorothiazide.

    Wrong: `Take MTX once a week.`

    Right: `Take methotrexate once a week.`

    How to fix: write the name in full.
    """
    if not follows(page, "ismp", "nhs"):
        return
    seen: set[str] = set()
    for start, word in words(page, _NAMES):
        if word not in seen and not (
            word == "HCT" and _BRAND.search(page.prose[max(0, start - 30) : start])
        ):
            seen.add(word)
            said = f"{word!r} was taken for another medicine."
            yield at(
                page, start, start + len(word), f"{said}\nWrite {_NAMES[word]!r}, if that is meant."
            )
