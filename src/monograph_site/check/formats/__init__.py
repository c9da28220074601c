"""Findings for people and for machines: one module a format, each with `write`, from a `View` to lines.

`brief` is what `build` says of them; the others are the formats of `check`. A new format is a module and a line in
`FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from .brief import text
from .style import as_json, counts
from .view import WIDTH, View

FORMATS = {
    "text": "excerpts",
    "line": "one_line",
    "json": "one_json",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
    "summary": "table",
}
"""The formats of `check`, and the modules that write them."""

__all__ = ["FORMATS", "WIDTH", "View", "as_json", "counts", "text", "write"]


def write(form: str, view: View) -> Iterator[str]:
    """The lines of a format, each with its line end."""
    module = import_module(f".{FORMATS[form]}", __name__)  # only the one that is asked for: check is a matter of 0.2 s
    lines: Iterator[str] = module.write(view)
    return lines
