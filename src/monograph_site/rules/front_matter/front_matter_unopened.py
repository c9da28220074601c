"""front-matter-unopened (E027)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule

MAX_LINES = 60
"""Lines at the top of a file in which the closing `---` is looked for."""
_FIRST_KEY = regex(
    r"(?:title|kind|id|slug|description|lang|names|status|audience|provenance|review|sources|layout"
    r"|aliases|ingredients|brands|is_banned)[ \t]*:(?:\s|$)"
)
_YAML_LINE = regex(r"[\w-]{1,60}[ \t]*:(?:\s|$)|[ \t]+\S|- |#|[\]}]|$")


@rule("E027", "front-matter-unopened")
def front_matter_unopened(page: Draft) -> Iterator[Problem]:
    """The file starts with lines of front matter, but without the `---` above them, so they are text
    of the page.

    Why it matters: the title, a ban or a review state has no effect, and readers see the lines.

    Wrong: `title: Examplin` in the first line, and `---` below it.

    Right: `---` in the first line, `title: Examplin` in the second.

    How to fix: put a line of three hyphens at the top of the file.
    """
    if page.front.document is not None or not page.lines:
        return
    lines = page.lines
    first = next((number for number, line in enumerate(lines[:MAX_LINES]) if line.strip()), 0)
    if not _FIRST_KEY.match(lines[first]):
        return
    for line in lines[first + 1 : MAX_LINES]:
        if line.rstrip() == "---":
            message = "The front matter has no opening line."
            hint = "Put a line of three hyphens at the top of the file."
            yield page.at(first + 1, f"{message}\n{hint}")
            return
        if not _YAML_LINE.match(line):
            return
