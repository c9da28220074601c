"""pregnancy-categories (W209)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Fault
from ..draft import Draft
from . import rule

_CATEGORY = re.compile(r"\b[Cc]ategory\W{0,6}([ABCDX])\b(?!\w)")


@rule("W209", "pregnancy-categories")
def pregnancy_categories(page: Draft) -> Iterator[Fault]:
    """One page gives different pregnancy category letters.

    Why it matters: the reader can't tell which one holds, or for whom.

    Wrong: `Pregnancy category B` in one section and `category C` in another.

    Right: `Category B in the first two trimesters, D in the third`, in one place.

    How to fix: say which letter holds for whom, in which country, and when.
    """
    if not page.is_medicine or "category" not in page.lower:
        return
    letters = list(_CATEGORY.finditer(page.prose))
    first = letters[0].group(1) if letters else ""
    other = next((match for match in letters if match.group(1) != first), None)
    if other:
        said = f"Pregnancy category {other.group(1)} here, {first} elsewhere on this page."
        yield page.match(other, f"{said}\nSay which holds for whom.")
