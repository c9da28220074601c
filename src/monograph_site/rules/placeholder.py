"""placeholder (E203)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_PLACEHOLDER = re.compile(
    r"\[(?:specify|insert|enter|fill in|your|name of|add)\b[^\]\n]{0,80}\]|\(no details available\)|\{[a-z_]{3,30}\}"
    r"|\blorem ipsum\b|\[(?:TBD|TODO|XX+)\]",
    re.IGNORECASE,
)
_WORDS = ("[", "{", "(no details", "lorem")


@rule("E203", "placeholder")
def placeholder(page: Draft) -> Iterator[Fault]:
    """A place the author was to fill in is still empty.

    Why it matters: readers meet a gap where a dose or a name should be.

    Wrong: `The usual dose is [specify dose].`

    Right: `The usual dose is 5 mg once a day.`

    How to fix: write what belongs there, or remove the sentence.
    """
    if page.kind == "page" or not any(word in page.lower for word in _WORDS):
        return
    for found in _PLACEHOLDER.finditer(page.prose):
        said = f"{found.group()!r} was never filled in."
        yield page.match(found, f"{said}\nWrite what belongs there, or remove it.")
