"""hypothetical (MS205), banned-in-text (MS206), pregnancy-categories (MS209): statements an editor must look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from . import RULES

HYPOTHETICAL = Finding("MS205", "hypothetical", Severity.WARNING)
BANNED_IN_TEXT = Finding("MS206", "banned-in-text", Severity.WARNING)
CATEGORIES = Finding("MS209", "pregnancy-categories", Severity.WARNING)

_HYPOTHETICAL = re.compile(r"\bhypothetical\w*", re.IGNORECASE)
_BANNED = re.compile(
    r"\b(?:is|are|was|were|been|be|currently|now)\s+(?:\w+\s+){0,2}banned\b|\bban(?:ned)? (?:on|in|by)\b", re.IGNORECASE
)
_CATEGORY = re.compile(r"\b[Cc]ategory\W{0,6}([ABCDX])\b(?!\w)")


@RULES.named("hypothetical")
def hypothetical(page: Draft) -> Iterator[Diagnostic]:
    """The page calls its own medicine hypothetical.

    Why it matters: a combination that is not sold anywhere should not look like one that is.

    Example: `This hypothetical combination might be used for …`
    """
    found = None
    if page.kind == "combination" and "hypothetical" in page.lower:
        found = _HYPOTHETICAL.search(page.front.body)
    if found:
        message = (
            f"The text calls this combination {found.group().lower()!r}. Say at the top that it is no real product."
        )
        yield page.find(HYPOTHETICAL, found.group(), message)


@RULES.named("banned-in-text")
def banned_in_text(page: Draft) -> Iterator[Diagnostic]:
    """The text says the medicine is banned, the front matter says it is not.

    Why it matters: the banner that warns readers comes from the front matter.

    Example: `is_banned: false` above `This combination has been banned in India.`
    """
    found = _BANNED.search(page.front.body) if page.fields.is_banned is False and "ban" in page.lower else None
    if found:
        said = f"{found.group()!r}, but front matter says `is_banned: false`."
        message = f"{said} State the ban in `status`, or correct the text."
        yield page.find(BANNED_IN_TEXT, found.group(), message)


@RULES.named("pregnancy-categories")
def pregnancy_categories(page: Draft) -> Iterator[Diagnostic]:
    """One page gives different pregnancy category letters.

    Why it matters: the reader can't tell which one holds, or for whom.

    Example: `Pregnancy category B` in one section and `category C` in another.
    """
    letters = list(_CATEGORY.finditer(page.front.body)) if page.is_medicine and "category" in page.lower else []
    first = letters[0].group(1) if letters else ""
    other = next((match for match in letters if match.group(1) != first), None)
    if other:
        message = f"Pregnancy category {other.group(1)} here, {first} elsewhere on this page. Say which holds for whom."
        yield page.find(CATEGORIES, other.group(), message)
