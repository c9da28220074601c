"""Whether a text breaks off in mid-sentence."""

from __future__ import annotations

import re

_ENDS = re.compile(r"[.!?:;)\]\"'”’…%]\W*$")
_STOPS = frozenset(".!?:;)")
_DANGLING = re.compile(
    r"(?:,|\(|\*\*|-|–|\b(?:a|an|the|and|or|but|of|for|to|in|on|with|by|from|as|at|that|which|who|is"
    r"|are|was|were|be|can|may|might|should|will|if|when|while|than|this|these|those|their|its|such"
    r"|especially|including|not|some|any|into|about|because|due))\W*$",
    re.IGNORECASE,
)
_MAX_QUOTED = 40
"""Characters of a text's end that a message quotes."""


def ends(text: str) -> bool:
    """Whether a stripped text ends as a sentence, a remark in brackets or a quotation does."""
    return text[-1:] in _STOPS or _ENDS.search(text[-20:]) is not None


def dangles(text: str) -> bool:
    """Whether a text ends with a word or character that cannot end a sentence: `with`, `the`, a
    comma."""
    return not ends(text) and _DANGLING.search(text[-40:]) is not None


def last_words(text: str) -> str:
    """The end of a text's last line, starting with a whole word."""
    line = text.rsplit("\n", 1)[-1]
    return line[-_MAX_QUOTED:].split(" ", 1)[-1] if len(line) > _MAX_QUOTED else line
