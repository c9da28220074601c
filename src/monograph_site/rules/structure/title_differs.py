"""title-differs (W102)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...model.strings import squash
from ...regex import regex
from .. import rule

_REMARK = regex(r"[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]]")
_DESCRIPTION = regex(
    r"(?<![\s:,–-])(?:[\s:,–-]+(?:tablets?|capsules?|injections?|cream|gel|ointment|drops|syrup|suspension"
    r"|solution|supplements?|vaccine|monograph|drug|medicine|information|profile|overview|summary"
    r"|combination|generic|leaflet)){1,9}$",
    re.IGNORECASE,
)
_SUBTITLE = regex(r"(?<=\w):\s|\s[-–—|]\s")

_LIST = regex(r"(?:list of|welcome to)\b", re.IGNORECASE)
MAX_BEGINNING = 500
"""Characters below a heading in which a text gives the other names of a medicine."""


@rule("W102", "title-differs")
def title_differs(page: Draft) -> Iterator[Problem]:
    """The first-level heading and the title in front matter differ. The page shows both.

    Remarks in brackets (`Examplin (generic)`, `Fish oil (DHA)`), words such as `tablets` at the end,
    a subtitle (`Examplin: what to know`), the order of ingredients and the two spellings of sulfur
    may differ, and so may another name that the text gives (`Examplin, also known as …`). Plain
    pages, and those with several first-level headings, are not compared.

    Why it matters: one of the two names may be that of another medicine, or misspelt.

    Wrong: `title: Examplin Clacium` above `# Examplin Calcium`.

    Right: the same words in both, or no first-level heading.

    How to fix: find out which is right, and use it in both.
    """
    if page.kind == "page" or _divides_text(page):
        return
    for heading, line in page.outline.titles:
        if page.fields.title and not _mean_the_same(heading, page.title, page):
            message = f"Heading {heading!r} and title {page.title!r} differ."
            yield page.at(line, f"{message}\nUse the same name in both.")


def _mean_the_same(heading: str, title: str, page: Draft) -> bool:
    """Whether two titles have the same words, or only one of them has a remark or description; or
    the heading says that this is a list, or the text that the title is another name."""
    if heading == title:
        return True
    if _key(heading) in _forms(title) or _key(title) in _forms(heading) or _LIST.match(heading):
        return True
    start = page.source.text.find(heading) if heading in page.source.text else page.body_start
    beginning = page.source.text[start : start + MAX_BEGINNING]
    return "known as" in beginning and _key(title) in _key(beginning)


def _forms(title: str) -> set[str]:
    """A title, squashed: whole, without remarks in brackets, without words at its end that say what
    the page or the product is, and without a subtitle."""
    bare = _REMARK.sub(" ", title).strip()
    main = _SUBTITLE.split(bare, maxsplit=1)[0]
    return {_key(title), _key(bare), _key(_DESCRIPTION.sub("", bare)), _key(main)} - {""}


def _key(title: str) -> str:
    """What two spellings of a title share: `Sodium Sulphate` and `Sodium sulfate`; and the names of
    ingredients in any order."""
    parts = sorted(map(squash, title.split(" + ")))
    return "+".join(parts).replace("sulph", "sulf")


def _divides_text(page: Draft) -> bool:
    """Whether headings of the first level divide the text, so that the first is not the title (see
    `several-h1`)."""
    return any(part.level == 1 for part in page.outline.parts)
