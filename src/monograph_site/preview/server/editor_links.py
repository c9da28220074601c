"""Findings as the browser shows them: with their line of source, and a link that opens it in an
editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rich.cells import cell_len

from ...model.excerpt import ellipses, window
from ...model.finding import Finding

EXCERPT_WIDTH = 160
"""Characters of a line of source that are shown."""


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, then by place."""
    return sorted(findings, key=lambda item: (item.severity.rank, item.path, item.span, item.code))


class EditorLinks:
    """Makes links that open a line of a file in the editor."""

    def __init__(self, content: Path, editor: str) -> None:
        """`content` is the content folder; `editor` an address with `{path}` in it, and perhaps
        `{line}` and `{column}`."""
        self._content = content.absolute()
        self._editor = editor

    def link(self, path: str, line: int = 1, column: int = 1) -> str:
        """The address that opens a line; '' for no file.

        `path` is relative to the content folder, or that of a template.
        """
        if not path:
            return ""
        file = self._file(path).as_posix()
        if re.search(r"(?<!/)/\{path\}", self._editor):  # has the first slash of the path already
            file = file.lstrip("/")
        values = {"{path}": quote(file), "{line}": str(line), "{column}": str(column)}
        return re.sub(
            r"\{(?:path|line|column)\}", lambda match: values[match.group()], self._editor
        )

    def describe(self, finding: Finding) -> dict[str, Any]:
        """A finding as plain values, with its line of source and a link.

        `before`, `marked` and `after` are the parts of the line, `marked` what the finding is about;
        all are '' where it is about no line. `indent` and `width` are the columns that `before` and
        `marked` take in a font of fixed width.
        """
        line, column = finding.span.line, finding.span.column
        before, marked, after = _excerpt(finding)
        return {
            "path": finding.path,
            "place": f"{finding.path}:{line}:{column}" if finding.path else "the whole site",
            "line": line,
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity.value,
            "message": finding.message,
            "hint": finding.hint,
            "before": before,
            "marked": marked,
            "after": after,
            "indent": cell_len(before),
            "width": max(1, cell_len(marked)),
            "editor": self.link(finding.path, line, column),
        }

    def _file(self, path: str) -> Path:
        """The file of a finding: a content path is relative to the content folder, that of a
        template is not."""
        content = self._content / path
        return content if content.exists() or not Path(path).exists() else Path(path).absolute()


def _excerpt(finding: Finding) -> tuple[str, str, str]:
    """The part of a finding's line that is shown: what is before the finding, what it is about, and
    what is after it."""
    text = finding.excerpt
    if not text:
        return "", "", ""
    offset = min(max(finding.span.column - finding.excerpt_from, 0), len(text))
    start, end = window(len(text), offset, EXCERPT_WIDTH)
    left, right = ellipses(finding, start, end)
    stop = min(offset + max(finding.length, 1), end)
    shown = text.replace("\t", " ")
    marked = shown[offset:stop] or " "  # the end of the line
    return left + shown[start:offset], marked, shown[stop:end] + right
