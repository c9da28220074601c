"""`sarif`: the Static Analysis Results Interchange Format 2.1.0, for code scanning and editors.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ...config import SETTINGS_FILE
from ...model.finding import Finding, FindingKind, Severity
from ..baseline import fingerprint
from ..explain import parse_manual
from .style import file_path
from .view import View

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "SRCROOT"
"""The name by which addresses refer to the top folder of the repository."""


def write_sarif(view: View) -> Iterator[str]:
    """The log, with one result on each line. Addresses are relative to the top folder of the
    repository, and columns count characters."""
    kinds = view.kinds()
    index = {kind.name: at for at, kind in enumerate(kinds)}
    driver = {
        "name": "monograph-site",
        "semanticVersion": view.version,
        "rules": [_rule(kind, view.manual_url) for kind in kinds],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _BASE: {"description": {"text": "The top folder of the repository."}}
        },
    }
    head = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)
    yield head.removesuffix("}]}") + ', "results": [\n'
    yield from _joined(_results(view.findings, view.root, index))
    yield "]}]}\n"


def _joined(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    for at, value in enumerate(values):
        yield (",\n" if at else "") + json.dumps(value, ensure_ascii=False)
    yield "\n"


def _rule(kind: FindingKind, manual_url: str) -> dict[str, Any]:
    manual = parse_manual(kind)
    help_uri = f"{manual_url}#{kind.code.lower()}-{kind.name}"
    return {
        "id": kind.code,
        "name": kind.name,
        "shortDescription": {"text": manual.first_sentence},
        "fullDescription": {"text": "\n\n".join(filter(None, (manual.what, manual.why)))},
        **({"helpUri": help_uri} if manual_url else {}),
        "help": {"text": manual.text(), "markdown": manual.markdown()},
        "defaultConfiguration": {"level": _LEVEL[kind.severity], "enabled": not kind.optional},
    }


def _results(
    findings: Sequence[Finding], root: str, index: dict[str, int]
) -> Iterator[dict[str, Any]]:
    counter: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        mark = fingerprint(finding)
        counter[finding.path, mark] += 1
        result = {
            "ruleId": finding.code,
            "ruleIndex": index[finding.name],
            "level": _LEVEL[finding.severity],
            "message": {"text": " ".join(filter(None, (finding.message, finding.hint)))},
            # The number distinguishes equal findings of one file, as the format requires.
            "partialFingerprints": {"monographSite/v1": f"{mark}:{counter[finding.path, mark]}"},
        }
        fixes = _fixes(finding, root)
        yield {**result, "locations": [_location(finding, root)], **fixes}


def _location(finding: Finding, root: str) -> dict[str, Any]:
    """Where a finding is; one about the whole site is at the top of its settings."""
    artifact = {
        "uri": quote(file_path(root, finding.path or SETTINGS_FILE), safe="/"),
        "uriBaseId": _BASE,
    }
    region = _region(finding)
    if finding.excerpt:
        region["snippet"] = {"text": finding.quoted}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _region(finding: Finding) -> dict[str, Any]:
    line, column = max(finding.span.line, 1), max(finding.span.column, 1)
    return {"startLine": line, "startColumn": column, "endColumn": column + finding.length}


def _fixes(finding: Finding, root: str) -> dict[str, Any]:
    """The replacement of the text that a finding is about, where it is known."""
    if finding.replacement is None:
        return {}
    artifact = {"uri": quote(file_path(root, finding.path), safe="/"), "uriBaseId": _BASE}
    change = {
        "artifactLocation": artifact,
        "replacements": [
            {"deletedRegion": _region(finding), "insertedContent": {"text": finding.replacement}}
        ],
    }
    return {"fixes": [{"description": {"text": finding.hint}, "artifactChanges": [change]}]}
