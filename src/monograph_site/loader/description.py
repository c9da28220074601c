"""The sentence or two that describe a page in lists and search results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..markdown.inline import without_bold_marks
from ..model.monograph import Section
from ..model.strings import collapse
from .citations import without_citations

MAX_LENGTH = 160
"""Characters: the limit of the record for `description`."""

_MARKUP = re.compile(
    r"\b__|__\b|`|^#+\s|^\s*[-*+]\s+(?!\d)|\[([^\]]*)\]\((?!\d)[^)]*\)", re.MULTILINE
)
_CUT = re.compile(r"(?:\.\.\.|…|:)\s*$")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)


def is_usable(description: str) -> bool:
    """Whether a stated description can be shown as it is: whole, and without markup."""
    text = description.strip()
    return (
        bool(text)
        and not _CUT.search(text)
        and not text.startswith("- ")
        and without_bold_marks(text) == text
    )


def derive_description(sections: Sequence[Section]) -> str:
    """The first whole sentences on what the medicine is for, at most MAX_LENGTH characters; '' if
    there is no text.

    A first sentence that is longer is cut after a word and gets an ellipsis.
    """
    for key in ("uses", "summary", "preamble", ""):
        for section in sections:
            text = _plain(section) if key in (section.key, "") else ""
            if text:
                return _sentences(text)
    return ""


def _running(text: str) -> str:
    """Lines as running text, with a comma after each item of a list, which has no full stop."""
    return re.sub(r"(?<=[^\s.!?:;,])[ \t]*\n", ", ", text)


def _plain(section: Section) -> str:
    text = _running(section.text)
    start = text[: MAX_LENGTH * 10]  # later text is in no description, and may be made to be slow
    plain = without_bold_marks(_MARKUP.sub(r"\1", start))
    return collapse(without_citations(plain, section.html))


def _sentences(text: str) -> str:
    sentences = ""
    for match in _SENTENCE.finditer(text):
        longer = collapse(f"{sentences} {match.group()}")
        if len(longer) > MAX_LENGTH:
            break
        sentences = longer
    if sentences:
        return sentences
    return text[: MAX_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
