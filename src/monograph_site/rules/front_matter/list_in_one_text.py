"""list-in-one-text (W026)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...source.schema_errors import shown
from .. import rule

_LISTS = (("aliases",), ("redirect_from",), ("alternate_names",), ("brands",), ("ingredients",), ("names", "synonyms"),
          ("names", "misspellings"))  # fmt: skip
_JOINED = re.compile(r"[,;]\s")


@rule("W026", "list-in-one-text")
def list_in_one_text(page: Draft) -> Iterator[Problem]:
    """Several names or addresses written as one text where a list is meant.

    Why it matters: YAML sees one long name, which nobody will ever look for, and no list entry for
    any of them.

    Wrong: `brands: Examplo, Samplo`

    Right: `brands: [Examplo, Samplo]`

    How to fix: put brackets around the names, or each on a line of its own behind a hyphen; quotes
    around a name with a comma in it.
    """
    for path in _LISTS:
        holder = page.front.data if len(path) == 1 else page.front.data.get(path[0])
        value = holder.get(path[-1]) if isinstance(holder, dict) else None
        if isinstance(value, str) and (_JOINED.search(value) or _folded(page, path)):
            said = f"{'.'.join(path)}: {shown(value)} is one text where a list is meant."
            yield page.in_front(f"{said}\nWrite it as a list: {path[-1]}: [first, second].", *path)


def _folded(page: Draft, path: tuple[str, ...]) -> bool:
    """Whether the text stands in several lines below its key, where somebody forgot the hyphens."""
    key, value = page.front.key_span_of(*path), page.front.span_of(*path)
    return value.line > key.line and page.lines[value.line][: value.column - 1].isspace()
