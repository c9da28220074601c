"""bidi-control (E215)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_NAMES = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "pop directional formatting",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first strong isolate",
    "\u2069": "pop directional isolate",
}
_CONTROL = regex("[\u202a-\u202e\u2066-\u2069]")
MAX_LISTED = 20
"""Characters of one file that are reported individually."""


@rule("E215", "bidi-control", fixable=True, about=_subjects.non_ascii)
def bidi_control(page: Draft) -> Iterator[Problem]:
    """An invisible bidirectional control character changes the direction of the text around it.

    Why it matters: the page shows other text than the file contains: with one of them, `20 mg` is
    shown as `gm 02`, and a reviewer sees nothing wrong. The attack is known as Trojan Source
    (CVE-2021-42574).

    Wrong: `Take \\u202e20 mg once a day.`

    Right: `Take 20 mg once a day.`

    How to fix: delete the character. Right-to-left scripts need none of these in ordinary text.
    """
    if page.non_ascii.isdisjoint(_NAMES):
        return
    matches = _CONTROL.finditer(page.source.text)
    for match in islice(matches, MAX_LISTED):
        character = match.group()
        message = f"Bidirectional control U+{ord(character):04X} ({_NAMES[character]})."
        yield page.match(match, f"{message}\nDelete it.")
    for match in islice(matches, 1):
        message = f"More than {MAX_LISTED} bidirectional controls in this file."
        yield page.match(match, f"{message}\nDelete them all.")
