"""Where a text comes from, as far as it is stated."""

from __future__ import annotations

from msgspec.structs import replace

from ..model.monograph import Provenance
from .draft import Draft
from .parts import origin_in


def provenance_of(draft: Draft) -> Provenance:
    """Where the text comes from: as front matter says, else as the closing note says, else as
    site.yaml says."""
    statement = draft.body.note.text if draft.body.note else ""
    stated = draft.fields.provenance
    if stated:
        return replace(stated, statement=stated.statement or statement)
    if origin := origin_in(statement):
        return Provenance(origin, statement=statement)
    return replace(draft.config.provenance_for(draft.source.path), statement=statement)
