"""generic-name-differs (W103)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.names import is_name
from ...model.finding import Problem
from ...model.strings import words
from ...regex import regex
from .. import rule
from .._names import may_mean_the_same

_PARTS = regex(r"(?:(?<!\s)\s+)?(?:[/+,()]|\band\b)\s*")
"""What separates the names of several ingredients."""


@rule("W103", "generic-name-differs")
def generic_name_differs(page: Draft) -> Iterator[Problem]:
    """The generic name in the text and the title have no word in common.

    Names of one medicine (`Paracetamol`, `Acetaminophen`) and spellings of one name (`Glycerin`,
    `Glycerine`) do not differ. A brand has another name than its medicine.

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
        if page.is_medicine and is_name(name) and _differs(page, name):
            message = f"Generic name {name!r} and title {page.title!r} have no word in common."
            yield page.at(part.line, f"{message}\nCheck both.")
        return


def _differs(page: Draft, name: str) -> bool:
    """Whether a name has no word of the title or of a name in front matter, and is not another
    name or spelling of one of them."""
    stated = [*page.title.split(" + "), *(other.text for other in page.fields.names)]
    own = {word for other in stated for word in words(other)}
    if page.kind == "brand" or not own.isdisjoint(words(name)):
        return False
    return not any(
        may_mean_the_same(part, other) for part in _PARTS.split(name) for other in stated
    )
