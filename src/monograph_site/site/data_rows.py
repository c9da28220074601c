"""Rows of data files → the monographs that they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from ..model.finding import Finding
from ..model.strings import squash
from ..model.tables import Tables, joined
from ..source.findings_data import UNMATCHED_ROW
from .entry import Entry


def find_rows(
    adding: Iterable[Entry], published: Iterable[Entry]
) -> tuple[dict[str, Tables], list[Finding]]:
    """The rows that each content path gets, in the order of their files, and a finding on each row
    that names no monograph. `adding` are entries with rows."""
    paths: dict[str, str] = {}
    ordered = sorted(published, key=lambda entry: (entry.not_a_monograph, entry.kind == "page"))
    for entry in ordered:
        for name in (entry.slug, entry.id, entry.title):
            paths.setdefault(squash(name), entry.path)
    for entry in ordered:
        for other in entry.names:
            if other.role == "generic":
                paths.setdefault(squash(other.text), entry.path)
    rows: dict[str, list[Tables]] = {}
    findings = []
    for entry in sorted(adding, key=lambda each: (each.path.rpartition("/")[0], each.at("title"))):
        path = paths.get(squash(entry.title))
        if path:
            rows.setdefault(path, []).append(entry.rows)
            continue
        message = f"No page has the title or slug {entry.title!r}.\nCorrect it, or add the page."
        findings.append(UNMATCHED_ROW.at(entry.path, entry.at("title"), message, len(entry.title)))
    return {path: joined(*parts) for path, parts in rows.items()}, findings


def with_interactions(entries: Sequence[Entry], rows: dict[str, Tables]) -> Sequence[Entry]:
    """The entries, those that get rows with the substances of these among their interactions."""
    if not rows:
        return entries
    return [
        replace(
            entry,
            interactions=(
                *entry.interactions,
                *(row.substance for row in rows[entry.path].interactions),
            ),
        )
        if entry.path in rows
        else entry
        for entry in entries
    ]
