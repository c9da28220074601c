"""Markers of a merge conflict in a content file."""

from __future__ import annotations

import re

from ..model.finding import Finding
from ..model.source import Source
from ..regex import regex
from .findings_file import CONFLICT

_MARKERS = tuple(regex(rf"^{marker * 7}(?:[ \t][^\n]*)?$", re.MULTILINE) for marker in "<=>")
_FENCE = regex(r"^[ ]{0,3}(?:```|~~~)", re.MULTILINE)


def find_conflict(source: Source) -> Finding | None:
    """The finding on the first conflict of a file, outside its blocks of code; None for none."""
    text = source.text
    if "<" not in text or "<<<<<<<" not in text or ">>>>>>>" not in text:
        return None
    places: list[re.Match[str]] = []
    for marker in _MARKERS:
        match = marker.search(text, places[-1].end() if places else 0)
        if match is None:
            return None
        places.append(match)
    first = places[0]
    if len(_FENCE.findall(text, 0, first.start())) % 2:
        return None
    message = (
        f"A merge conflict was not resolved: {first.group()!r}.\n"
        "Keep the version that is right, and remove the three lines of markers."
    )
    return CONFLICT.at(source.path, source.span(first.start()), message, len(first.group()))
