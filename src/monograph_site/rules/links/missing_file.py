"""missing-file (E419)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...site.site import Site
from ...source.attachments import is_copy
from .. import SiteContext, site_rule


@site_rule("E419", "missing-file")
def missing_file(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A picture or file that a page shows or links to does not exist. Symbolic links, and names
    that begin with a dot, do not count.

    Why it matters: readers see the alternative text in its place, or follow a link and get an error
    page.

    Wrong: `![A blister of ten tablets](../img/blistr.png)`, where the file is `img/blister.png`.

    Right: `![A blister of ten tablets](../img/blister.png)`

    How to fix: correct the address, or add the file. An address is relative to the content file or
    to the content folder. One that starts with `/` is looked for in the content folder and in the
    folders `static`, `public`, `assets` and `images` in it or beside it.
    """
    for entry in context.site.entries:
        for file in entry.facts.files:
            if file.reference in context.site.files or is_copy(file.reference):
                continue
            if _is_generated(context.site, file.target):
                continue
            what = "picture" if file.is_picture else "file"
            text = f"The {what} {file.target[:80]!r} does not exist."
            text += "\nCorrect the address, or add the file."
            yield entry.path, Problem(Span(file.line, file.column), text, len(file.target))


def _is_generated(site: Site, target: str) -> bool:
    """Whether the site itself has a file at an address: one of the theme, or `/robots.txt`."""
    if any(target == url for _, url in site.assets):
        return True
    return target.startswith("/") and site.reserved.page_kind_at(target) not in (
        "",
        "assets",
        "files",
    )
