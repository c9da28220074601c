"""unusable-copy (W430)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...source.attachments import is_copy
from .. import SiteContext, site_rule


@site_rule("W430", "unusable-copy")
def unusable_copy(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """The copy of a picture of another host is missing from `_vendored`, or is not the file that was
    downloaded. One finding for each page, with the number of pictures.

    Why it matters: the page has a link in place of the picture.

    Wrong: `_vendored/digests.json` without the files that it names.

    Right: the whole folder `_vendored`, as `monograph-site vendor` made it.

    How to fix: run `monograph-site vendor` again, and commit all of the folder.
    """
    for entry in context.site.entries:
        copies = [file for file in entry.facts.files if is_copy(file.reference)]
        found = [context.site.files.get(file.reference) for file in copies]
        unusable = [
            file for file, copy in zip(copies, found, strict=True) if not copy or copy.problem
        ]
        if unusable:
            others = f" (and {len(unusable) - 1} more)" if len(unusable) > 1 else ""
            text = f"The copy {unusable[0].target!r} of a picture can't be used{others}."
            place = Span(unusable[0].line, unusable[0].column)
            yield (
                entry.path,
                Problem(place, f"{text}\nRun `monograph-site vendor`, and commit `_vendored`."),
            )
