"""ambiguous-abbreviation (W613)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from ._doses import at, follows, words

_MEANINGS = {
    "OD": ("can mean once a day or the right eye", "`once a day` or `right eye`"),
    "o.d.": ("can mean once a day or the right eye", "`once a day` or `right eye`"),
    "HS": ("can mean at bedtime or half strength", "`at bedtime` or `half strength`"),
    "hs": ("can mean at bedtime or half strength", "`at bedtime` or `half strength`"),
    "UD": ("can mean as directed or one unit dose", "`as directed`"),
    "BT": ("is misread as twice a day (BID)", "`at bedtime`"),
    "IN": ("is misread as into a muscle (IM) or a vein (IV)", "`into the nose`"),
    "TIW": ("is misread as 3 times a day", "`3 times a week`"),
    "BIW": ("is misread as twice a day", "`twice a week`"),
    "D/C": ("can mean discharge or discontinue", "which of the two is meant"),
    "per os": ("is misread as the left eye (OS)", "`by mouth`"),
    "OS": ("is misread as the left ear (AS)", "`left eye`"),
    "OU": ("is misread as both ears (AU)", "`both eyes`"),
    "AD": ("is misread as the right eye (OD)", "`right ear`"),
    "AS": ("is misread as the left eye (OS)", "`left ear`"),
    "AU": ("is misread as both eyes (OU)", "`both ears`"),
}
_ALONE = frozenset(("TIW", "BIW", "D/C", "per os"))
_BEHIND_A_DOSE = frozenset(("OD", "o.d.", "HS", "hs", "UD", "BT", "IN"))
_DIRECTION = re.compile(
    r"(?:[0-9] ?(?:mg|mcg|g|m[lL]|units|IU)|tablets?|capsules?|drops?|puffs?|sprays?|daily|BID|TID|QID),? "
    r"(?:at |and )?$"
)
_DROPS = re.compile(r"\b(?:[Dd]rops?|[Ii]nstill?)\b[^.;\n]{0,40} $")


@rule("W613", "ambiguous-abbreviation")
def ambiguous_abbreviation(page: Draft) -> Iterator[Problem]:
    """A direction uses an abbreviation that has two meanings, or looks like another: `OD`, `HS`,
    `TIW`, `D/C`, `AU`, …

    They are from ISMP's list; the BNF wants directions in English without abbreviation. Those that
    are also names or other words (`OD` an overdose, `AS` a disease) are found only behind a dose or
    in directions for drops.

    Why it matters: `OD` was read as the right eye, `HS` as half strength, `TIW` as three times a
    day, `D/C` as stopping what was to be given after discharge.

    Wrong: `5 mg OD`

    Right: `5 mg once a day`

    How to fix: write what is meant.
    """
    if not follows(page, "ismp", "nhs"):
        return
    for start, word in words(page, _MEANINGS):
        before = page.prose[max(0, start - 50) : start]
        if word in _ALONE or (_DIRECTION if word in _BEHIND_A_DOSE else _DROPS).search(before):
            said, right = _MEANINGS[word]
            yield at(page, start, start + len(word), f"{word!r} {said}.\nWrite {right}.")
