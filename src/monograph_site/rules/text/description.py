"""The four faults of a description: cut, with markup, begun as a list, ended with a colon (I225 to
I228)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from .. import rule
from .._endings import dangles

_CUT = re.compile(r"(?:\.\.\.|…)[\s*_\"'”’)]*$")
_MARKUP = re.compile(
    r"(?<!\d)\*\*|\*\*(?!\d)|(?<!\w)__(?=\w)"
    r"|`|\]\(|^#{1,6} |(?<![\w*])\*(?=\w[^*\n]{0,80}\*)|</?[a-z]{1,6}>",
    re.MULTILINE,
)
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+\S")


@rule("I225", "description-cut")
def description_cut(page: Draft) -> Iterator[Problem]:
    """The description ends with an ellipsis or in mid-sentence: a program cut it to a length.

    Why it matters: search engines show it. This site shows a whole sentence of the text in its
    place.

    Wrong: `description: Examplin is used for pain and inf...`

    Right: `description: Examplin is used for pain and inflammation.`

    How to fix: write one or two whole sentences, or remove `description`: it is then taken from the
    text.
    """
    text = page.fields.description.strip()
    if text and (_CUT.search(text[-20:]) or (len(text) > 60 and dangles(text))):
        said = f"The description ends with {text[-24:]!r}."
        yield _at(
            page, text.split()[-1], f"{said}\nWrite whole sentences, or remove `description`."
        )


@rule("I226", "description-markup")
def description_markup(page: Draft) -> Iterator[Problem]:
    """The description has Markdown or HTML in it.

    Why it matters: a description is plain text: search engines and lists show the signs (`**`) as
    they are.

    Wrong: `description: Examplin treats **pain**.`

    Right: `description: Examplin treats pain.`

    How to fix: remove the signs.
    """
    found = _MARKUP.search(page.fields.description)
    if found:
        said = f"The description has markup in it: {found.group()!r}."
        yield _at(
            page,
            found.string[found.start() :].split()[0],
            f"{said}\nA description is plain text: remove the signs.",
        )


@rule("I227", "description-list")
def description_list(page: Draft) -> Iterator[Problem]:
    """The description starts as an item of a list does (`- `): a program took the first lines of a
    list for it.

    Why it matters: search engines show the hyphen, and the text behind it is seldom a sentence.

    Wrong: `description: "- Pain - Fever"`

    Right: `description: Examplin is used for pain and fever.`

    How to fix: write one or two sentences, or remove `description`: it is then taken from the text.
    """
    text = page.fields.description
    if _ITEM.match(text):
        said = f"The description starts as a list does: {text.strip()[:24]!r}."
        yield _at(
            page, " ".join(text.split()[:2]), f"{said}\nWrite a sentence, or remove `description`."
        )


@rule("I228", "description-colon")
def description_colon(page: Draft) -> Iterator[Problem]:
    """The description ends with a colon: it announces a list that is not part of it.

    Why it matters: search engines show a promise without what was promised.

    Wrong: `description: "Examplin is used for:"`

    Right: `description: Examplin is used for pain and fever.`

    How to fix: name what the list says, or remove `description`: it is then taken from the text.
    """
    text = page.fields.description.rstrip()
    if text.endswith(":"):
        said = f"The description ends with a colon: {text[-24:]!r}."
        yield _at(page, text.split()[-1], f"{said}\nSay what follows, or remove `description`.")


def _at(page: Draft, words: str, text: str) -> Problem:
    """A fault at some words of the description; at the whole of it where it writes them over a
    line's end."""
    whole = page.in_front(text, "description")
    first = whole.span.line
    last = first
    while last < len(page.lines) and page.lines[last].startswith((" ", "\t")):
        last += 1
    found = page.source.find(words, first, last)
    there = page.lines[found.line - 1].startswith(words, found.column - 1)
    return Problem(found, text, len(words)) if there else whole
