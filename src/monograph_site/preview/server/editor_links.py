"""Findings as the browser shows them: with their line of source, and a link that opens it in an
editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

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

        `excerpt` is '' where the finding is about no line; the finding is about `length` of its
        characters from the offset `caret` on.
        """
        line, column = finding.span.line, finding.span.column
        excerpt, caret = _excerpt(finding)
        return {
            "path": finding.path,
            "place": f"{finding.path}:{line}:{column}" if finding.path else "the whole site",
            "line": line,
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity.value,
            "message": finding.message,
            "hint": finding.hint,
            "excerpt": excerpt,
            "caret": caret,
            "length": max(1, min(finding.length, len(excerpt) - caret)),
            "editor": self.link(finding.path, line, column),
        }

    def _file(self, path: str) -> Path:
        """The file of a finding: a content path is relative to the content folder, that of a
        template is not."""
        content = self._content / path
        return content if content.exists() or not Path(path).exists() else Path(path).absolute()


def _excerpt(finding: Finding) -> tuple[str, int]:
    """The part of a finding's line that is shown, and the offset of the finding in it."""
    text = finding.excerpt
    offset = min(max(finding.span.column - finding.excerpt_from, 0), len(text))
    start, end = window(len(text), offset, EXCERPT_WIDTH)
    before, after = ellipses(finding, start, end)
    return before + text[start:end].replace("\t", " ") + after, len(before) + offset - start
