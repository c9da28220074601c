"""same-contents (W707)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.strings import squash
from ...site.relations import without_brackets
from ...site.site import Entry
from .. import SiteContext, site_rule


@site_rule("W707", "same-contents")
def same_contents(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two files of one formulary are about the same ingredients: `A + B` and `B + A`, or under
    another name. Files with one title see `duplicate-title`.

    Why it matters: readers find one of the two, and editors mend one of the two.

    Wrong: `Examplin + Samplol` and `Samplol + Examplin`, each with a file of its own.

    Right: one file, with the other name under `aliases` or `names`.

    How to fix: merge the two files, and keep the address of the one that goes in `aliases` of the
    other.
    """
    first: dict[tuple[str, frozenset[str]], Entry] = {}
    for entry in context.site.entries:
        contents = context.site.related[entry.path].ingredients
        if entry.kind not in ("drug", "combination") or entry.not_a_monograph or len(contents) < 2:
            continue
        strengths = tuple(one.strength for one in entry.ingredients if one.strength)
        key = frozenset([*(squash(without_brackets(one.title)) for one in contents), *strengths])
        known = first.setdefault((entry.namespace, key), entry)
        if known is not entry and squash(known.title) != squash(entry.title):
            message = f"{entry.title!r} contains the same as {known.title!r} ({known.path})."
            yield (
                entry.path,
                Problem(entry.at("title"), f"{message}\nMerge the two files.", len(entry.title)),
            )
