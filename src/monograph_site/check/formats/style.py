"""What several formats share: counts, plain values and colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...model.finding import Finding, Severity

_COLOUR = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36"}
BOLD, FAINT = "1", "2"


def counts(found: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the worst first."""
    numbers = dict.fromkeys(Severity, 0)
    for one in found:
        numbers[one.severity] += 1
    return numbers


def as_json(one: Finding, folder: str = "") -> dict[str, Any]:
    """A finding as plain values. `path` is relative to the content, `file` to the directory
    `folder` starts from."""
    return {
        "path": one.path,
        "file": folder + one.path if one.path else "",
        "line": one.span.line,
        "column": one.span.column,
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "message": one.message,
        "hint": one.hint,
        "length": one.length,
        "excerpt": one.excerpt,
        "excerpt_from": one.excerpt_from,
        "fixable": one.fixable,
        "withheld": one.blocks_page,
    }


def paint(text: str, style: Severity | str, colour: bool) -> str:
    """The text in the colour of a severity, or in another style of the terminal, where colour is
    wanted."""
    code = _COLOUR[style] if isinstance(style, Severity) else style
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text
