"""What the text under the pointer means: the manual of a finding, or a key of front matter."""

from __future__ import annotations

from lsprotocol import types as lsp

from ..check.explain import parse_manual
from ..model.finding import FINDINGS, Finding
from .document import Document
from .front_matter_keys import description, key_at, schema_at, words


def hover_at(document: Document, offset: int) -> lsp.Hover | None:
    """The text for an offset; None where there is nothing to say."""
    findings = document.findings_between(offset, offset)
    parts = [_finding_text(finding) for finding in findings]
    if offset < document.front_end and (key := _key_text(document, offset)):
        parts.append(key)
    if not parts:
        return None
    span = document.span(findings[0]) if findings else None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
    return lsp.Hover(content, document.positions.range(*span) if span else None)


def _finding_text(finding: Finding) -> str:
    """A finding with its manual."""
    parts = [f"**{finding.code} {finding.name}**", finding.message, finding.hint]
    parts.append(parse_manual(FINDINGS[finding.name]).markdown())
    return "\n\n".join(filter(None, parts))


def _key_text(document: Document, offset: int) -> str:
    """What a key of front matter means, with the words that it may have."""
    place = key_at(document.text, offset)
    if not place.key:
        return ""
    schema = schema_at("", place.path)
    text = description(schema)
    if not text:
        return ""
    allowed = ", ".join(f"`{word}`" for word in words(schema))
    return f"**{'.'.join(place.path)}**: {text}" + (f"\n\nOne of {allowed}." if allowed else "")
