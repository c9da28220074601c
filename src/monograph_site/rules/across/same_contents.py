"""same-contents (W707)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.strings import squash
from ...site.entry import Entry
from ...site.relations import without_brackets
from .. import SiteContext, site_rule


@site_rule("W707", "same-contents")
def same_contents(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two files of one formulary have the same ingredients: `A + B` and `B + A`, or under another
    name. For files with the same title see `duplicate-title`.

    Why it matters: readers find only one of the two, and editors update only one of the two.

    Wrong: `Examplin + Samplol` and `Samplol + Examplin`, each in a file of its own.

    Right: one file, with the other name in `aliases` or `names`.

    How to fix: merge the two files, and add the address of the one you remove to the `aliases` of
    the other.
    """
    seen: dict[tuple[str, frozenset[str]], Entry] = {}
    for entry in context.site.entries:
        contents = context.site.related[entry.path].ingredients
        if entry.kind not in ("drug", "combination") or entry.not_a_monograph or len(contents) < 2:
            continue
        names = [squash(without_brackets(link.title)) for link in contents]
        strengths = [part.strength for part in entry.ingredients if part.strength]
        first = seen.setdefault((entry.scope, frozenset([*names, *strengths])), entry)
        if first is not entry and squash(first.title) != squash(entry.title):
            message = f"{entry.title!r} has the same ingredients as {first.title!r} ({first.path})."
            problem = f"{message}\nMerge the two files."
            yield entry.path, Problem(entry.at("title"), problem, len(entry.title))
