"""unusable-file (E420)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...source.attachments import is_copy
from .. import SiteContext, site_rule


@site_rule("E420", "unusable-file")
def unusable_file(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A picture or file is not published, because it is not what its name says, or too large.

    Why it matters: browsers do not show it, or it harms readers. The page shows the alternative
    text only.

    Wrong: a web page that was saved as `blister.png`.

    Right: the picture itself.

    How to fix: save the file again in the format that its name says, or smaller.
    """
    for entry in context.site.entries:
        for file in entry.facts.files:
            attachment = context.site.files.get(file.reference)
            if attachment is None or is_copy(file.reference):
                continue
            if attachment.problem:
                what = "picture" if file.is_picture else "file"
                text = f"The {what} {attachment.path!r} is not published: {attachment.problem}."
                yield (
                    entry.path,
                    Problem(
                        Span(file.line, file.column),
                        f"{text}\nReplace the file.",
                        len(file.target),
                    ),
                )
