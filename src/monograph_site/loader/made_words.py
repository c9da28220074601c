"""The words that reading Markdown adds to a text: titles of callouts that have none, and the name of
a table for screen readers. On a page in another language they are translated."""

from __future__ import annotations

import re

from ..model.monograph import Monograph, map_html
from ..model.words import ENGLISH, Words, mark
from ..regex import regex

_TITLES = (
    mark("Note"), mark("Tip"), mark("Important"), mark("Warning"), mark("Caution"), mark("Danger"),
    mark("Info"), mark("Details"),
)  # fmt: skip
_MADE = regex(
    rf'((?:<p class="callout-title">|<summary>))({"|".join(_TITLES)})(?=</)|(aria-label=")(Table)(?=")'
)


def with_made_words(monograph: Monograph, words: Words) -> Monograph:
    """The record with these words in a language."""
    if words is ENGLISH:
        return monograph
    mark("Table")

    def translated(match: re.Match[str]) -> str:
        return (match[1] or match[3]) + words(match[2] or match[4])

    return map_html(monograph, lambda html: _MADE.sub(translated, html))
