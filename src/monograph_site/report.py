"""Findings as text for people and as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .diagnostics import Diagnostic, Severity, ordered

_MANY = 5
_SHOWN = 3
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_COLOUR = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.INFO: "36"}


def counts(found: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many findings there are of each severity, the worst first."""
    numbers = dict.fromkeys(Severity, 0)
    for one in found:
        numbers[one.severity] += 1
    return numbers


def text(found: Iterable[Diagnostic], *, colour: bool = False, verbose: bool = False) -> str:
    """Findings, one a line: `path:line:column CODE name [severity] message`.

    Verbose: all of them, by place. Else by severity and code, and of a code with more than five findings only the
    first three, with a count of the rest: of ten thousand, nobody reads the line that matters.
    """
    lines = map(_line, ordered(found)) if verbose else _gathered(ordered(found))
    painted = (_paint(line, severity) if colour else line for line, severity in lines)
    return "".join(f"{line}\n" for line in painted)


def as_json(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Findings as plain values, in the order of their places."""
    return [
        {
            "path": one.path,
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
            "withheld": one.withheld,
        }
        for one in ordered(found)
    ]


def _gathered(found: Sequence[Diagnostic]) -> Iterator[tuple[str, Severity]]:
    kinds: dict[tuple[int, str], list[Diagnostic]] = {}
    for one in found:
        kinds.setdefault((_RANK[one.severity], one.code), []).append(one)
    for _, some in sorted(kinds.items()):
        shown = some if len(some) <= _MANY else some[:_SHOWN]
        yield from map(_line, shown)
        if len(shown) < len(some):
            files = len({one.path for one in some})
            first = some[0]
            where = f"in {files} files" if files > 1 else "in this file"
            yield (
                f"    … {len(some):,} {first.code} {first.name} {where}; `monograph-site check` shows all of them",
                first.severity,
            )


def _line(one: Diagnostic) -> tuple[str, Severity]:
    return _safe(str(one)), one.severity


def _safe(line: str) -> str:
    """The line without control characters: content must not be able to speak to the terminal."""
    return line if line.isprintable() else "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)


def _paint(line: str, severity: Severity) -> str:
    mark = f"[{severity.value}]"
    return line.replace(mark, f"\x1b[{_COLOUR[severity]}m{mark}\x1b[0m", 1)
