"""Findings for people and for programs, one function a format, from a `View` to lines.

`brief` is what `build` prints; the others are the formats of `check`. To add one, add a function
and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from .brief import write_brief
from .style import as_json, counts
from .view import WIDTH, View

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
"""The formats of `check`: the module and the function that write each."""

__all__ = ["FORMATS", "WIDTH", "View", "as_json", "counts", "write", "write_brief"]


def write(form: str, view: View) -> Iterator[str]:
    """The lines of a format, each with its line end."""
    module, function = FORMATS[form]
    # only the module that is asked for: a check in which nothing changed takes 0.2 s
    lines: Iterator[str] = getattr(import_module(f".{module}", __name__), function)(view)
    return lines
