"""bidi-control (E215)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule

_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
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
_MANY = 20


@rule("E215", "bidi-control", fixable=True)
def bidi_control(page: Draft) -> Iterator[Problem]:
    """An invisible character that turns the direction of the text around it (Unicode's
    bidirectional controls).

    Why it matters: the page shows another text than the file holds: with one of them, `20 mg` is
    shown as `gm 02`, and a reviewer sees nothing wrong. The method is known as Trojan Source
    (CVE-2021-42574).

    Wrong: `Take \\u202e20 mg once a day.`

    Right: `Take 20 mg once a day.`

    How to fix: delete the character. Right-to-left scripts need none of these in ordinary text.
    """
    signs = () if page.signs.isdisjoint(_NAMES) else _CONTROL.finditer(page.source.text)
    for number, found in enumerate(signs):
        if number == _MANY:
            yield page.match(
                found,
                "More than twenty characters turn the direction of this text.\nDelete them all.",
            )
            return
        sign = found.group()
        yield page.match(
            found, f"U+{ord(sign):04X} ({_NAMES[sign]}) turns the text around it.\nDelete it."
        )
