"""description-colon (I228)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Fault
from .. import rule
from .description import described


@rule("I228", "description-colon")
def description_colon(page: Draft) -> Iterator[Fault]:
    """The description ends with a colon: it announces a list that is not part of it.

    Why it matters: search engines show a promise without what was promised.

    Wrong: `description: "Examplin is used for:"`

    Right: `description: Examplin is used for pain and fever.`

    How to fix: name what the list says, or remove `description`: it is then taken from the text.
    """
    text = page.fields.description.rstrip()
    if text.endswith(":"):
        said = f"The description ends with a colon: {text[-24:]!r}."
        yield described(page, text.split()[-1], f"{said}\nSay what follows, or remove `description`.")
