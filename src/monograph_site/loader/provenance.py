"""Where a text comes from, as far as anybody says."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model.monograph import Provenance
from .draft import Draft

_AI_OR_CROWD = re.compile(r"AI.generated or crowd", re.IGNORECASE)
_AI = re.compile(r"AI.generated|generated (?:by|with) (?:an )?(?:AI|artificial)", re.IGNORECASE)


def provenance_of(draft: Draft) -> Provenance:
    """Where the text comes from: as front matter says, else as the closing note says, else as
    site.yaml says."""
    statement = draft.body.note.text if draft.body.note else ""
    if draft.fields.provenance:
        return replace(
            draft.fields.provenance, statement=draft.fields.provenance.statement or statement
        )
    if _AI_OR_CROWD.search(statement):
        return Provenance("ai_or_crowd", statement=statement)
    if _AI.search(statement):
        return Provenance("ai_generated", statement=statement)
    return replace(draft.config.provenance_for(draft.source.path), statement=statement)
