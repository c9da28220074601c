"""The section of a page that shows each typed table: the one with that key, or a new one in its
usual place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from ..model.monograph import Monograph, Section
from ..model.tables import SECTION_KEYS, Tables, joined
from ..model.words import Words, mark
from ..source.front_matter import FrontMatter
from ..source.schema import Fields
from ..source.schema_tables import TableReading
from .labels import HEADING
from .parts import Outline, Part
from .sections import vocabulary

HEADINGS = {
    "dose": mark("Dose"),
    "side_effects": mark("Side effects"),
    "interactions": mark("Interactions"),
    "prices": mark("Prices"),
}
"""Headings of the sections that are made for a table."""
_PRICES_COME_BEFORE = "alternatives"


def add_table_sections(
    outline: Outline, tables: TableReading, fields: Fields, front: FrontMatter, words: Words
) -> tuple[Outline, Fields]:
    """The outline with a section for each table of the front matter; and the fields without the
    values that are rows, with the values of rows that have no field."""
    parts = list(outline.parts)
    for table, key in SECTION_KEYS.items():
        rows = getattr(tables.rows, table)
        if not rows:
            continue
        same = next((part for part in parts if part.key == key), None)
        if same is not None:
            same.has_table = True
            continue
        line = front.span_of(rows[0].path[0]).line
        section = Part(key, words(HEADINGS[key]), None, HEADING, line, 2, has_table=True)
        parts.insert(_place([part.key for part in parts], key), section)
    kept = tuple(pair for pair in fields.extra if pair[0] not in tables.taken)
    extra = (*kept, *tables.details)
    return outline._replace(parts=tuple(parts)), replace(fields, extra=extra)


def with_more_rows(monograph: Monograph, tables: Tables, words: Words) -> Monograph:
    """A record with rows that a data file adds to its own, and a section for each table."""
    sections = list(monograph.sections)
    ids = {section.id for section in sections} | {faq.id for faq in monograph.faqs}
    for table, key in SECTION_KEYS.items():
        if not getattr(tables, table) or any(section.key == key for section in sections):
            continue
        anchor = key.replace("_", "-")
        anchor = anchor if anchor not in ids else f"{anchor}-data"
        section = Section(key, words(HEADINGS[key]), anchor, None, "", "")
        sections.insert(_place([section.key for section in sections], key), section)
    return replace(monograph, sections=tuple(sections), tables=joined(monograph.tables, tables))


def _place(keys: Sequence[str], key: str) -> int:
    """The index at which a section belongs among others: behind the last that monographs put before
    it."""
    ranks = _ranks()
    before = [at for at, other in enumerate(keys) if ranks.get(other, -1) < ranks[key]]
    known = [at for at in before if keys[at] in ranks]
    if known:
        return known[-1] + 1
    return 1 if keys and keys[0] == "preamble" else 0


@cache
def _ranks() -> dict[str, float]:
    """The usual order of sections."""
    ranks: dict[str, float] = {key: at for at, key in enumerate(vocabulary().headings)}
    return {**ranks, "prices": ranks[_PRICES_COME_BEFORE] - 0.5}
