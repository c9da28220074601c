"""Doses in text that is written from right to left.

In such a text the Unicode bidirectional algorithm shows `500 mg` with the unit first, and `4–6`
with the larger number first (UAX #9, rules N1 and N2: the space and the dash take the direction of
the text). Each dose and range is therefore isolated, from left to right.
"""

from __future__ import annotations

import re

from ..model.monograph import Monograph, map_html
from ..model.strings import direction
from ..regex import regex

_TAG = regex(r"(<[^<>]*>)")
_NUMBER = r"\d[\d.,\u066b\u066c]*"
_UNIT = r"[A-Za-zµμ%°][A-Za-zµμ%²³]{0,11}(?:/[A-Za-zµμ\d²³]{1,8}){0,3}"
_DOSE = regex(
    rf"(?<![\w.,]){_NUMBER}(?:[ \u00a0]?[–—/×-][ \u00a0]?{_NUMBER}){{0,3}}(?:[ \u00a0]?{_UNIT})?(?!\w)"
)
"""An amount: a number or a range of numbers, with its unit in Latin letters where it has one."""


def with_isolated_doses(monograph: Monograph, language: str) -> Monograph:
    """The record with its amounts isolated where its language is written from right to left."""
    return map_html(monograph, isolate_doses) if direction(language) == "rtl" else monograph


def isolate_doses(html: str) -> str:
    """HTML with `<bdi dir="ltr">` around each amount in its text that is more than a number."""
    pieces = _TAG.split(html)
    pieces[::2] = (_DOSE.sub(_isolated, text) for text in pieces[::2])
    return "".join(pieces)


def _isolated(match: re.Match[str]) -> str:
    is_number = match.group().replace(".", "").replace(",", "").isdecimal()
    return match.group() if is_number else f'<bdi dir="ltr">{match.group()}</bdi>'
