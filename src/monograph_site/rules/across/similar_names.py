"""similar-names (I709)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.strings import fold
from ...site.site import Entry
from .. import SiteContext, site_rule
from ._names import by_name, is_told_apart, near, reported


@site_rule("I709", "similar-names")
def similar_names(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """The names of two medicines of this site differ in one or two letters, and the page does not
    say so. Pairs of which mix-ups are known are found by `look-alike-names`; spellings and other
    names of one medicine are not compared. One finding a page.

    Why it matters: names that look alike are mistaken for each other, on paper and in lists.

    Wrong: pages on examplin and examplon, neither of which speaks of the other.

    Right: `Not to be confused with examplon.` near the top of the page on examplin.

    How to fix: add such a sentence to both pages where you think a mix-up possible.
    """
    names, mistaken = by_name(context.site), reported()
    found: dict[str, tuple[Entry, list[str]]] = {}
    for pair in near(names):
        for one, other in (pair, pair[::-1]):
            for entry in (
                () if other in mistaken.get(one, ()) or _is_one(names, one, other) else names[one]
            ):
                if not is_told_apart(entry, other):
                    found.setdefault(entry.path, (entry, []))[1].append(other)
    for path, (entry, others) in found.items():
        said = f"{entry.title!r} differs little from {', '.join(sorted(others))}, and the page does not say so."
        advice = f"Where a mix-up is possible, write: Not to be confused with {min(others)}."
        yield path, Problem(entry.at("title"), f"{said}\n{advice}", len(entry.title))


def _is_one(names: dict[str, list[Entry]], one: str, other: str) -> bool:
    """Whether one page states the name of the other as another name of its own, or a brand is
    called like what it contains."""
    stated = [
        (entry, {fold(name.text) for name in entry.names}) for entry in (*names[one], *names[other])
    ]
    kinds = {entry.kind for entry, _ in stated}
    return len(kinds) > 1 or any(one in texts or other in texts for _, texts in stated)
