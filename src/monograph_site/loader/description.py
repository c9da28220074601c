"""The sentence or two that stand for a page in lists and search results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..markdown.inline import without_bold_marks
from ..model.monograph import Section
from ..model.strings import collapse
from .citations import without_citations

LIMIT = 160
"""Characters, after the record's own limit for `description`."""

_MARKUP = re.compile(
    r"\b__|__\b|`|^#+\s|^\s*[-*+]\s+(?!\d)|\[([^\]]*)\]\((?!\d)[^)]*\)", re.MULTILINE
)
_CUT = re.compile(r"(?:\.\.\.|…|:)\s*$")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)


def usable(description: str) -> bool:
    """Whether a stated description can be shown as it is: whole, and without markup."""
    text = description.strip()
    return (
        bool(text)
        and not _CUT.search(text)
        and not text.startswith("- ")
        and without_bold_marks(text) == text
    )


def derive(sections: Sequence[Section]) -> str:
    """The first whole sentences of the text on what the medicine is for, up to the limit; '' if
    there is no text.

    A first sentence that is longer is cut at a word, with an ellipsis.
    """
    for key in ("uses", "summary", "preamble", ""):
        for section in sections:
            text = _plain(section) if key in (section.key, "") else ""
            if text:
                return _sentences(text)
    return ""


def _running(text: str) -> str:
    """Lines as running text: the items of a list, which end without a full stop, divided by commas."""
    return re.sub(r"(?<=[^\s.!?:;,])[ \t]*\n", ", ", text)


def _plain(section: Section) -> str:
    text = _running(section.text)
    start = text[: LIMIT * 10]  # what comes later is in no description, and may be made to be slow
    plain = without_bold_marks(_MARKUP.sub(r"\1", start))
    return collapse(without_citations(plain, section.html))


def _sentences(text: str) -> str:
    taken = ""
    for match in _SENTENCE.finditer(text):
        longer = collapse(f"{taken} {match.group()}")
        if len(longer) > LIMIT:
            break
        taken = longer
    if taken:
        return taken
    return text[: LIMIT - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
