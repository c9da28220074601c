"""Findings as an editor shows them."""

from __future__ import annotations

from lsprotocol import types as lsp

from ..model.finding import Finding, Severity
from .document import Document

SOURCE = "monograph-site"
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


def diagnostics_of(document: Document) -> list[lsp.Diagnostic]:
    """The findings on a document."""
    manual_url = document.site.manual_url
    return [to_diagnostic(document, finding, manual_url) for finding in document.findings]


def to_diagnostic(document: Document, finding: Finding, manual_url: str = "") -> lsp.Diagnostic:
    """A finding with its hint and, where the manual has an address, a link to it."""
    address = f"{manual_url}#{finding.code.lower()}-{finding.name}" if manual_url else ""
    return lsp.Diagnostic(
        range=document.positions.range(*document.span(finding)),
        message="\n".join(filter(None, (finding.message, finding.hint))),
        severity=_SEVERITIES[finding.severity],
        code=f"{finding.code} {finding.name}",
        code_description=lsp.CodeDescription(address) if address else None,
        source=SOURCE,
    )
