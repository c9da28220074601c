"""All findings of the site, and those a reader filters out of them. It works without a script: the
filter is a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ...model.finding import Finding, Severity
from ...model.strings import fold
from ..session import Session
from .editor_links import EditorLinks

SHOWN = 200
"""Findings on one page of the list."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are wanted; '' stands for all."""

    severity: str = ""
    code: str = ""
    folder: str = ""
    file: str = ""
    text: str = ""

    def of(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that are wanted."""
        words = fold(self.text)
        for one in found:
            if (
                self.severity in ("", one.severity.value)
                and self.code in ("", one.code)
                and self.file in ("", one.path)
                and one.path.startswith(self.folder)
                and (not words or words in fold(f"{one.path} {one.code} {one.name} {one.message}"))
            ):
                yield one

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, as parameters of an address."""
        values = {
            "severity": self.severity,
            "code": self.code,
            "folder": self.folder,
            "file": self.file,
        }
        return {name: value for name, value in {**values, "text": self.text}.items() if value}


def overview(live: Session, query: Mapping[str, str], faults: EditorLinks) -> dict[str, Any]:
    """What the list of findings shows for the parameters of its address."""
    wanted = Filter(**{name: query.get(name, "").strip() for name in Filter.__dataclass_fields__})
    found = live.findings()
    chosen = sorted(
        wanted.of(found), key=lambda one: (one.severity.rank, one.path, one.span, one.code)
    )
    number = min(_number(query.get("page", "")), max(1, -(-len(chosen) // SHOWN)))
    done, files = live.progress
    return {
        "filter": wanted,
        "findings": faults.shown(chosen[(number - 1) * SHOWN : number * SHOWN]),
        "count": len(chosen),
        "first": (number - 1) * SHOWN + 1,
        "total": len(found),
        "severities": _severities(found),
        "codes": sorted(Counter((one.code, one.name) for one in found).items()),
        "folders": sorted(
            Counter(folder for one in found for folder in _folders(one.path)).items()
        ),
        "previous": _address(wanted, number - 1) if number > 1 else "",
        "next": _address(wanted, number + 1) if number * SHOWN < len(chosen) else "",
        "loaded": done,
        "files": files,
    }


def _severities(found: Iterable[Finding]) -> list[tuple[str, int]]:
    counts = Counter(one.severity for one in found)
    return [(severity.value, counts[severity]) for severity in Severity]


def _folders(path: str) -> list[str]:
    """Every folder a path lies in, with its last slash."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _address(wanted: Filter, number: int) -> str:
    return f"?{urlencode({**wanted.query, 'page': str(number)})}"
