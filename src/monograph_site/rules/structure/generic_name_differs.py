"""generic-name-differs (W103)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.names import is_name
from ...model.finding import Problem
from ...model.strings import words
from .. import rule


@rule("W103", "generic-name-differs")
def generic_name_differs(page: Draft) -> Iterator[Problem]:
    """The stated generic name and the title have no word in common.

    Why it matters: the text may be about another medicine.

    Wrong: `title: Adrenaline` with `**Generic Name:** Noradrenaline`.

    Right: `title: Adrenaline` with `**Generic Name:** Adrenaline (epinephrine)`.

    How to fix: check the title and the text; name the generic as the title does, other names beside
    it.
    """
    for part in page.content:
        if (
            part.key == "names"
            and part.subject is None
            and part.blocks
            and "generic" in part.heading.casefold()
        ):
            name = part.blocks[0].text.split("\n")[0].strip()
            if page.is_medicine and is_name(name) and not set(words(name)) & set(words(page.title)):
                said = f"The generic name is {name!r}, the title {page.title!r}: no word in common."
                yield page.at(part.line, f"{said}\nCheck both.")
            return
