"""Formats for findings, for people and for programs: each is a function from a `View` to lines.

`build` prints the `brief` one; the others are the formats of `check`. To add one, add a function
and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from .brief import group_findings, write_brief
from .style import count_by_severity, finding_as_json

if TYPE_CHECKING:
    from .view import View

FORMATS = {
    "text": ("text", "write_text"),
    "line": ("lines", "write_lines"),
    "json": ("lines", "write_json"),
    "jsonl": ("lines", "write_json_lines"),
    "sarif": ("sarif", "write_sarif"),
    "github": ("github", "write_github"),
    "junit": ("junit", "write_junit"),
    "summary": ("text", "write_summary"),
}
"""The formats of `check`, each with the module and the function that write it."""

__all__ = [
    "FORMATS",
    "count_by_severity",
    "finding_as_json",
    "group_findings",
    "write",
    "write_brief",
]


def write(form: str, view: View) -> Iterator[str]:
    """The lines of a format, a key of `FORMATS`; each ends with a line break."""
    module, function = FORMATS[form]
    # Only the module of that format: a check in which nothing changed takes 0.2 s.
    lines: Iterator[str] = getattr(import_module(f".{module}", __name__), function)(view)
    return lines
