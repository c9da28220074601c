"""list-in-one-text (W026)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from ...source.schema_errors import describe_value
from .. import rule

_LISTS = (
    ("aliases",),
    ("redirect_from",),
    ("alternate_names",),
    ("brands",),
    ("ingredients",),
    ("names", "synonyms"),
    ("names", "misspellings"),
)
_SEPARATOR = regex(r"[,;]\s")


@rule("W026", "list-in-one-text")
def list_in_one_text(page: Draft) -> Iterator[Problem]:
    """Several names or addresses are written as one text instead of a list.

    Why it matters: YAML reads one long name, that readers never search for, instead of a list
    entry for each.

    Wrong: `brands: Examplo, Samplo`

    Right: `brands: [Examplo, Samplo]`

    How to fix: put the names in square brackets, or each on its own line after a hyphen; quote a
    name that contains a comma.
    """
    for path in _LISTS:
        holder = page.front.data if len(path) == 1 else page.front.data.get(path[0])
        value = holder.get(path[-1]) if isinstance(holder, dict) else None
        if isinstance(value, str) and (_SEPARATOR.search(value) or _is_on_own_lines(page, path)):
            message = f"{'.'.join(path)}: {describe_value(value)} is one text instead of a list."
            hint = f"Write it as a list: {path[-1]}: [first, second]."
            yield page.in_front(f"{message}\n{hint}", *path)


def _is_on_own_lines(page: Draft, path: tuple[str, ...]) -> bool:
    """Whether the text is on several lines below its key, where the hyphens were forgotten."""
    key, value = page.front.key_span_of(*path), page.front.span_of(*path)
    return value.line > key.line and page.lines[value.line][: value.column - 1].isspace()
