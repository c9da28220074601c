"""Problems of a description: description-cut (I225), -markup (I226), -list (I227) and -colon
(I228)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule
from .._endings import dangles

_ELLIPSIS = regex(r"(?:\.\.\.|…)[\s*_\"'”’)]*$")
_MARKUP = regex(
    r"(?<!\d)\*\*|\*\*(?!\d)|(?<!\w)__(?=\w)"
    r"|`|\]\(|^#{1,6} |(?<![\w*])\*(?=\w[^*\n]{0,80}\*)|</?[a-z]{1,6}>",
    re.MULTILINE,
)
_MARKS = "*_`]#<"
"""Characters of which each markup has one."""
_LIST_ITEM = regex(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+\S")
_QUOTED = 24
"""Characters of the description that a message quotes."""


@rule("I225", "description-cut", fixable=True, about=_subjects.description)
def description_cut(page: Draft) -> Iterator[Problem]:
    """The description ends with an ellipsis or in mid-sentence: a program cut it to a length.

    Why it matters: search engines show it. This site shows a whole sentence of the text instead.

    Wrong: `description: Examplin is used for pain and inf...`

    Right: `description: Examplin is used for pain and inflammation.`

    How to fix: write one or two whole sentences, or remove `description`; it is then taken from the
    text.
    """
    text = page.fields.description.strip()
    if text and (_ELLIPSIS.search(text[-20:]) or (len(text) > 60 and dangles(text))):
        message = f"The description breaks off: {text[-_QUOTED:]!r}."
        hint = "Write whole sentences, or remove `description`."
        yield _problem(page, text.split()[-1], f"{message}\n{hint}")


@rule("I226", "description-markup", fixable=True, about=_subjects.description)
def description_markup(page: Draft) -> Iterator[Problem]:
    """The description contains Markdown or HTML.

    Why it matters: a description is plain text: search engines and lists show the markup (`**`) as
    it is.

    Wrong: `description: Examplin treats **pain**.`

    Right: `description: Examplin treats pain.`

    How to fix: remove the markup.
    """
    text = page.fields.description
    match = _MARKUP.search(text) if any(mark in text for mark in _MARKS) else None
    if match:
        message = f"The description contains markup: {match.group()!r}."
        hint = "Remove it; a description is plain text."
        yield _problem(page, match.string[match.start() :].split()[0], f"{message}\n{hint}")


@rule("I227", "description-list", fixable=True, about=_subjects.description)
def description_list(page: Draft) -> Iterator[Problem]:
    """The description starts like a list item (`- `): a program took the first lines of a list for
    it.

    Why it matters: search engines show the hyphen, and the text after it is seldom a sentence.

    Wrong: `description: "- Pain - Fever"`

    Right: `description: Examplin is used for pain and fever.`

    How to fix: write one or two sentences, or remove `description`; it is then taken from the text.
    """
    text = page.fields.description
    if _LIST_ITEM.match(text):
        message = f"The description starts like a list: {text.strip()[:_QUOTED]!r}."
        hint = "Write a sentence, or remove `description`."
        yield _problem(page, " ".join(text.split()[:2]), f"{message}\n{hint}")


@rule("I228", "description-colon", fixable=True, about=_subjects.description)
def description_colon(page: Draft) -> Iterator[Problem]:
    """The description ends with a colon: it announces a list that is not part of it.

    Why it matters: search engines show the announcement without the list.

    Wrong: `description: "Examplin is used for:"`

    Right: `description: Examplin is used for pain and fever.`

    How to fix: say what the list says, or remove `description`; it is then taken from the text.
    """
    text = page.fields.description.rstrip()
    if text.endswith(":"):
        message = f"The description ends with a colon: {text[-_QUOTED:]!r}."
        hint = "Say what follows, or remove `description`."
        yield _problem(page, text.split()[-1], f"{message}\n{hint}")


def _problem(page: Draft, words: str, text: str) -> Problem:
    """A problem at these words of the description, or at all of it if they are broken over two
    lines."""
    whole = page.in_front(text, "description")
    first = last = whole.span.line
    while last < len(page.lines) and page.lines[last].startswith((" ", "\t")):
        last += 1
    span = page.source.find(words, first, last)
    is_found = page.lines[span.line - 1].startswith(words, span.column - 1)
    return Problem(span, text, len(words)) if is_found else whole
