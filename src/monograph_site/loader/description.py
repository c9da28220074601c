"""The sentence or two that describe a page in lists and search results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..markdown.html import escape
from ..markdown.inline import without_bold_marks
from ..model.monograph import Section
from ..model.strings import collapse
from ..regex import regex
from .citations import without_citations

MAX_LENGTH = 160
"""Characters: the limit of the record for `description`."""

_MARKUP = regex(r"\b__|__\b|`|^#+\s|^\s*[-*+]\s+(?!\d)|\[([^\]]*)\]\((?!\d)[^)]*\)", re.MULTILINE)
_LIST_MARKS = frozenset("-*+")
_LINE_ENDS = frozenset(("", *".!?:;,"))
"""The last characters of lines that need no comma."""
BOUNDARY_LENGTH = 12
"""Characters before and after a line end by which it is found in the HTML."""
_INLINE_TAG = regex(r"</?(?:a|abbr|b|code|em|i|mark|span|strong|sub|sup)\b[^<>]{0,300}>")
_CUT = regex(r"(?:\.\.\.|…|:)\s*$")
_SENTENCE = regex(r".[^.!?]*+(?:[.!?](?!\s|$)[^.!?]*+)*+[.!?]?", re.DOTALL)


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


def _running(text: str, html: str) -> str:
    """Lines as running text, with a comma after each item of a list, which has no full stop. A line
    that goes on in the next one is the same line in `html`, the HTML of the text."""
    if "\n" not in text:
        return text
    inline = ""
    lines = [line.rstrip(" \t") for line in text.split("\n")]
    running = lines[0]
    for line, following in pairwise(lines):
        is_item = line[-1:] not in _LINE_ENDS
        if is_item:  # few lines of most texts have no full stop
            inline = inline or _INLINE_TAG.sub("", html)
            ends = f"{escape(line[-BOUNDARY_LENGTH:])}\n{escape(following[:BOUNDARY_LENGTH])}"
            is_item = ends not in inline
        running += (", " if is_item else "\n") + following
    return running


def _plain(section: Section) -> str:
    # later text is in no description, and may be made to be slow
    start, html = section.text[: MAX_LENGTH * 10], section.html[: MAX_LENGTH * 40]
    running = _running(start, html)
    if _may_have_markup(running):
        running = _MARKUP.sub(r"\1", running)
    return collapse(without_citations(without_bold_marks(running), section.html))


def _may_have_markup(text: str) -> bool:
    """Whether a text has what every match of `_MARKUP` has; most have not."""
    return (
        "`" in text
        or "#" in text
        or "[" in text
        or "__" in text
        or any(line.lstrip()[:1] in _LIST_MARKS for line in text.split("\n"))
    )


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
