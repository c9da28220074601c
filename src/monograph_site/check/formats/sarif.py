"""`sarif`: the Static Analysis Results Interchange Format 2.1.0, which code scanning and editors
read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ... import __version__
from ...model.finding import Finding, FindingKind, Severity
from ..baseline import fingerprint
from ..explain import manual
from .view import View

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "SRCROOT"


def write_sarif(view: View) -> Iterator[str]:
    """The log, a result a line. Addresses are relative to the top of the repository, columns count
    characters."""
    kinds = view.kinds()
    index = {kind.name: at for at, kind in enumerate(kinds)}
    driver = {
        "name": "monograph-site",
        "semanticVersion": __version__,
        "rules": [_rule(kind) for kind in kinds],
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
    yield from _joined(_results(view.found, view.root, index))
    yield "]}]}\n"


def _joined(values: Iterable[dict[str, Any]]) -> Iterator[str]:
    for at, value in enumerate(values):
        yield (",\n" if at else "") + json.dumps(value, ensure_ascii=False)
    yield "\n"


def _rule(kind: FindingKind) -> dict[str, Any]:
    told = manual(kind)
    return {
        "id": kind.code,
        "name": kind.name,
        "shortDescription": {"text": told.first},
        "fullDescription": {"text": "\n\n".join(filter(None, (told.what, told.why)))},
        "help": {"text": told.text(), "markdown": told.markdown()},
        "defaultConfiguration": {"level": _LEVEL[kind.severity], "enabled": not kind.optional},
    }


def _results(
    found: Sequence[Finding], root: str, index: dict[str, int]
) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, str]] = Counter()
    for one in found:
        mark = fingerprint(one)
        seen[one.path, mark] += 1
        result = {
            "ruleId": one.code,
            "ruleIndex": index[one.name],
            "level": _LEVEL[one.severity],
            "message": {"text": " ".join(filter(None, (one.message, one.hint)))},
            # The number keeps two equal findings of a file apart, as the format asks.
            "partialFingerprints": {"monographSite/v1": f"{mark}:{seen[one.path, mark]}"},
        }
        yield {**result, "locations": [_location(one, root)]} if one.path else result


def _location(one: Finding, root: str) -> dict[str, Any]:
    line, column = max(one.span.line, 1), max(one.span.column, 1)
    region: dict[str, Any] = {
        "startLine": line,
        "startColumn": column,
        "endColumn": column + one.length,
    }
    if one.excerpt:
        region["snippet"] = {"text": one.excerpt[column - one.excerpt_from :][: one.length]}
    artifact = {"uri": quote(root + one.path, safe="/"), "uriBaseId": _BASE}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
