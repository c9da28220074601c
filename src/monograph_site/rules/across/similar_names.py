"""similar-names (I709)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.strings import fold
from ...site.entry import Entry
from ...site.look_alikes import look_alikes
from .. import SiteContext, site_rule
from .._names import entries_by_name, similar_pairs, warns_of


@site_rule("I709", "similar-names")
def similar_names(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """The names of two medicines of this site differ in one or two letters, and the page does not
    warn of it. Pairs with known mix-ups are reported by `look-alike-names`; spellings and other
    names of one medicine are not compared. One finding per page.

    Why it matters: similar names are mistaken for each other, on paper and in lists.

    Wrong: pages on examplin and examplon, neither of which mentions the other.

    Right: `Not to be confused with examplon.` near the top of the page on examplin.

    How to fix: add such a sentence to both pages if a mix-up is possible.
    """
    entries = entries_by_name(context.site)
    similar: dict[str, tuple[Entry, list[str]]] = {}
    for pair in similar_pairs(entries):
        for name, other in (pair, pair[::-1]):
            if other in look_alikes().get(name, ()) or _are_names_of_one(entries, name, other):
                continue
            for entry in entries[name]:
                if not warns_of(entry, other):
                    similar.setdefault(entry.path, (entry, []))[1].append(other)
    for path, (entry, others) in similar.items():
        message = (
            f"{entry.title!r} is similar to {', '.join(sorted(others))}; the page does not warn of "
            f"it.\nIf a mix-up is possible, add: Not to be confused with {min(others)}."
        )
        yield path, Problem(entry.at("title"), message, len(entry.title))


def _are_names_of_one(entries: dict[str, list[Entry]], name: str, other: str) -> bool:
    """Whether one page states the title of the other as another name of its medicine, or a brand is
    called like what it contains."""
    stated = [
        (entry, {fold(stated.text) for stated in entry.names})
        for entry in (*entries[name], *entries[other])
    ]
    kinds = {entry.kind for entry, _ in stated}
    return len(kinds) > 1 or any(name in texts or other in texts for _, texts in stated)
