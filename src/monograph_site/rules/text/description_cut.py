"""description-cut (I225)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Fault
from .. import rule
from .._endings import dangles
from .description import described

_CUT = re.compile(r"(?:\.\.\.|…)[\s*_\"'”’)]*$")


@rule("I225", "description-cut")
def description_cut(page: Draft) -> Iterator[Fault]:
    """The description ends with an ellipsis or in mid-sentence: a program cut it to a length.

    Why it matters: search engines show it. This site shows a whole sentence of the text in its place.

    Wrong: `description: Examplin is used for pain and inf...`

    Right: `description: Examplin is used for pain and inflammation.`

    How to fix: write one or two whole sentences, or remove `description`: it is then taken from the text.
    """
    text = page.fields.description.strip()
    if text and (_CUT.search(text[-20:]) or (len(text) > 60 and dangles(text))):
        said = f"The description ends with {text[-24:]!r}."
        yield described(page, text.split()[-1], f"{said}\nWrite whole sentences, or remove `description`.")
