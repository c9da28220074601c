"""Whether a text breaks off in mid-sentence."""

from __future__ import annotations

import re

_ENDS = re.compile(r"[.!?:;)\]\"'”’…%]\W*$")
_STOPS = frozenset(".!?:;)")
_DANGLING = re.compile(
    r"(?:,|\(|\*\*|-|–|\b(?:a|an|the|and|or|but|of|for|to|in|on|with|by|from|as|at|that|which|who|is|are|was|were|be|can|"
    r"may|might|should|will|if|when|while|than|this|these|those|their|its|such|especially|including|not|some|any|into|"
    r"about|because|due))\W*$",
    re.IGNORECASE,
)  # fmt: skip


def ends(text: str) -> bool:
    """Whether a text (stripped) ends as a sentence, a remark in brackets or a quotation does."""
    return text[-1:] in _STOPS or _ENDS.search(text[-20:]) is not None


def dangles(text: str) -> bool:
    """Whether the last word, or the last sign, can't be the last one of a sentence: `with`, `the`,
    a comma."""
    return not ends(text) and _DANGLING.search(text[-40:]) is not None


def last_words(text: str) -> str:
    """The end of a text, from the beginning of a word on, as it stands on its last line."""
    line = text.rsplit("\n", 1)[-1]
    return line[-40:].split(" ", 1)[-1] if len(line) > 40 else line
