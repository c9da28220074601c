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
    """The generic name in the text and the title have no word in common.

    Why it matters: the text may be about another medicine.

    Wrong: `title: Adrenaline` with `**Generic Name:** Noradrenaline`.

    Right: `title: Adrenaline` with `**Generic Name:** Adrenaline (epinephrine)`.

    How to fix: check title and text; give the generic name as the title does, and other names
    beside it.
    """
    for part in page.content:
        is_generic_name = part.key == "names" and "generic" in part.heading.casefold()
        if not is_generic_name or part.subject is not None or not part.blocks:
            continue
        name = part.blocks[0].text.split("\n")[0].strip()
        if page.is_medicine and is_name(name) and not set(words(name)) & set(words(page.title)):
            message = f"Generic name {name!r} and title {page.title!r} have no word in common."
            yield page.at(part.line, f"{message}\nCheck both.")
        return
