"""description-list (I227)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Fault
from .. import rule
from .description import described

_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+\S")


@rule("I227", "description-list")
def description_list(page: Draft) -> Iterator[Fault]:
    """The description starts as an item of a list does (`- `): a program took the first lines of a list for it.

    Why it matters: search engines show the hyphen, and the text behind it is seldom a sentence.

    Wrong: `description: "- Pain - Fever"`

    Right: `description: Examplin is used for pain and fever.`

    How to fix: write one or two sentences, or remove `description`: it is then taken from the text.
    """
    text = page.fields.description
    if _ITEM.match(text):
        said = f"The description starts as a list does: {text.strip()[:24]!r}."
        yield described(page, " ".join(text.split()[:2]), f"{said}\nWrite a sentence, or remove `description`.")
