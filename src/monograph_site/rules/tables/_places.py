"""Where a file states the fields of a row."""

from __future__ import annotations

from ...loader.draft import Draft
from ...model.finding import Problem
from ...source.schema_tables import spellings_of


def at_field(
    page: Draft, table: str, path: tuple[str | int, ...], field: str, text: str
) -> Problem:
    """A problem at the field of a row; at the row where the field is not stated or is ''."""
    row = page.front.data.get(str(path[0]))
    if isinstance(row, list):
        row = row[int(path[1])]
    if isinstance(row, dict):
        for name in spellings_of(table, field):
            if row.get(name) not in (None, ""):
                return page.in_front(text, *path, name)
    return page.in_front(text, *path)
