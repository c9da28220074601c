"""Findings as the browser shows them: with the line they speak of, and a link that opens it in an
editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...model.finding import Finding

_WIDTH = 160
_BEFORE = 60
_READ_AT_MOST = 1_000_000


class EditorLinks:
    """Makes findings ready to be shown. It reads each file at most once, so it is made anew for
    every answer."""

    def __init__(self, content: Path, editor: str) -> None:
        """`editor` is an address with `{path}`, and perhaps `{line}` and `{column}`, in it."""
        self._content = content.absolute()
        self._editor = editor
        self._lines: dict[str, list[str]] = {}

    def shown(self, found: Iterable[Finding]) -> list[dict[str, Any]]:
        """Findings as plain values, the worst first, with source line and editor link."""
        return [
            self._shown(one)
            for one in sorted(found, key=lambda one: (one.severity.rank, one.path, one.span))
        ]

    def link(self, path: str, line: int = 1, column: int = 1) -> str:
        """The address that opens a line; '' for what is no file. `path` is relative to the content
        folder."""
        if not path:
            return ""
        place = self._file(path).as_posix()
        if re.search(
            r"(?<!/)/\{path\}", self._editor
        ):  # the pattern has the first slash of an absolute path already
            place = place.lstrip("/")
        values = {"{path}": quote(place), "{line}": str(line), "{column}": str(column)}
        return re.sub(
            r"\{(?:path|line|column)\}", lambda match: values[match.group()], self._editor
        )

    def _shown(self, one: Finding) -> dict[str, Any]:
        line, column = one.span.line, one.span.column
        excerpt, caret = self._excerpt(one.path, line, column)
        return {
            "path": one.path,
            "place": f"{one.path}:{line}:{column}" if one.path else "the whole site",
            "line": line,
            "code": one.code,
            "name": one.name,
            "severity": one.severity.value,
            "message": one.message,
            "hint": one.hint,
            "excerpt": excerpt,
            "caret": caret,
            "length": max(1, min(one.length, len(excerpt) - caret)),
            "editor": self.link(one.path, line, column),
        }

    def _excerpt(self, path: str, line: int, column: int) -> tuple[str, int]:
        """A line of a file, or the part of a long one around a column, and where in it the column
        is."""
        lines = self._read(path) if path else []
        if not 1 <= line <= len(lines):
            return "", 0
        text, at = lines[line - 1], column - 1
        start = max(0, at - _BEFORE) if len(text) > _WIDTH else 0
        cut = text[start : start + _WIDTH].replace("\t", " ")
        opening = "…" if start else ""
        return opening + cut + ("…" if start + _WIDTH < len(text) else ""), at - start + len(
            opening
        )

    def _file(self, path: str) -> Path:
        """The file a finding names: content by its path in the content folder, a template by its
        own."""
        within = self._content / path
        return within if within.exists() or not Path(path).exists() else Path(path).absolute()

    def _read(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                with open(self._file(path), "rb") as file:
                    text = file.read(_READ_AT_MOST).decode("utf-8-sig", "replace")
            except OSError:
                text = ""
            self._lines[path] = re.split(r"\r\n|\r|\n", text)
        return self._lines[path]
