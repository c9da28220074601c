"""What several formats share: counts, findings as plain values, and colours."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...model.finding import Finding, Severity

_COLOUR = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36"}
BOLD, FAINT = "1", "2"


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """The number of findings of each severity, errors first."""
    numbers = dict.fromkeys(Severity, 0)
    for finding in findings:
        numbers[finding.severity] += 1
    return numbers


def plural(number: int, noun: str) -> str:
    """A number with its noun: `1 monograph`, `2,054 monographs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def folder_of(content: Path, start: Path | None = None) -> str:
    """What leads from a directory (the current one by default) to the content folder, with forward
    slashes: `content/`, or '' where they are the same."""
    path = os.path.relpath(content, start).replace(os.sep, "/")
    return "" if path == "." else f"{path}/"


def file_path(folder: str, path: str) -> str:
    """The path of a finding's file from the directory from which `folder` leads to the content
    folder. Templates are outside of it (`../templates/x.html`)."""
    return posixpath.normpath(folder + path) if path.startswith("../") else folder + path


def finding_as_json(finding: Finding, folder: str = "") -> dict[str, Any]:
    """A finding as plain values. `path` is relative to the content folder, `file` to the directory
    from which `folder` leads to it."""
    return {
        "path": finding.path,
        "file": file_path(folder, finding.path) if finding.path else "",
        "line": finding.span.line,
        "column": finding.span.column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "length": finding.length,
        "excerpt": finding.excerpt,
        "excerpt_from": finding.excerpt_from,
        "fixable": finding.fixable,
        "withheld": finding.blocks_page,
    }


def paint(text: str, style: Severity | str, colour: bool) -> str:
    """The text in the colour of a severity, or in another style of terminals; unchanged where
    `colour` is false."""
    code = _COLOUR[style] if isinstance(style, Severity) else style
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text
