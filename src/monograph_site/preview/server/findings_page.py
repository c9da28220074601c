"""The list of all findings, with filters. It works without a script: the filter is a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from ...model.finding import Finding, Severity
from ...model.strings import fold
from ..session import Session
from .editor_links import EditorLinks, worst_first

PAGE_SIZE = 200
"""Findings on one page of the list."""


class Filter(Struct, frozen=True):
    """Which findings are listed; '' means all."""

    severity: str = ""
    code: str = ""
    folder: str = ""
    file: str = ""
    text: str = ""

    def apply(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that match."""
        text = fold(self.text)
        for finding in findings:
            if (
                self.severity in ("", finding.severity.value)
                and self.code in ("", finding.code)
                and self.file in ("", finding.path)
                and finding.path.startswith(self.folder)
                and (not text or text in fold(_searchable(finding)))
            ):
                yield finding

    @property
    def query(self) -> dict[str, str]:
        """The filter as parameters of an address."""
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in values.items() if value}


def _searchable(finding: Finding) -> str:
    return f"{finding.path} {finding.code} {finding.name} {finding.message}"


def overview(session: Session, query: Mapping[str, str], links: EditorLinks) -> dict[str, Any]:
    """The data of the list of findings, for the parameters of its address."""
    names = Filter.__struct_fields__
    criteria = Filter(**{name: query.get(name, "").strip() for name in names})
    findings = session.findings()
    matching = worst_first(criteria.apply(findings))
    last_page = max(1, -(-len(matching) // PAGE_SIZE))
    page = min(_page_number(query.get("page", "")), last_page)
    start = (page - 1) * PAGE_SIZE
    folders = Counter(folder for finding in findings for folder in _folders(finding.path))
    loaded, files = session.progress
    return {
        "filter": criteria,
        "findings": [links.describe(item) for item in matching[start : start + PAGE_SIZE]],
        "count": len(matching),
        "first": start + 1,
        "total": len(findings),
        "severities": _severities(findings),
        "codes": sorted(Counter((finding.code, finding.name) for finding in findings).items()),
        "folders": sorted(folders.items()),
        "previous": _address(criteria, page - 1) if page > 1 else "",
        "next": _address(criteria, page + 1) if page < last_page else "",
        "loaded": loaded,
        "files": files,
    }


def _severities(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    counts = Counter(finding.severity for finding in findings)
    return [(severity.value, counts[severity]) for severity in Severity]


def _folders(path: str) -> list[str]:
    """Every folder that contains a path, each with a slash at its end."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _address(criteria: Filter, page: int) -> str:
    return f"?{urlencode({**criteria.query, 'page': str(page)})}"
