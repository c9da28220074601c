"""`brief`, for `build`: findings by severity and code, and only the first of many of one code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from ...model.finding import Finding, Severity
from ...model.strings import printable
from .style import file_path, paint

MAX_LISTED = 5
"""If a code has more findings than this, only `LISTED_OF_MANY` of them are listed."""
LISTED_OF_MANY = 3


class FindingGroup(NamedTuple):
    """The findings of one severity and code."""

    severity: Severity
    total: int
    files: int
    """Number of files that have one."""
    listed: tuple[Finding, ...]
    """Those that are shown: all of a few, the first of many."""


def group_findings(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings that are in order, in groups by severity and code."""
    by_code: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        by_code.setdefault((finding.severity, finding.code), []).append(finding)
    in_order = sorted(by_code, key=lambda key: (key[0].rank, key[1]))
    return tuple(_group(severity, by_code[severity, code]) for severity, code in in_order)


def _group(severity: Severity, findings: list[Finding]) -> FindingGroup:
    listed = findings if len(findings) <= MAX_LISTED else findings[:LISTED_OF_MANY]
    files = len({finding.path for finding in findings})
    return FindingGroup(severity, len(findings), files, tuple(listed))


def write_brief(groups: Iterable[FindingGroup], folder: str = "", *, colour: bool = False) -> str:
    """Findings by severity and code, one a line: `path:line:column CODE name [severity] message`.

    Of a code with more than five findings only the first three are listed, with the number of all:
    among ten thousand lines, readers would miss the important one. `folder` leads from the current
    directory to the content folder, so that terminals can open the files: `content/`.
    """
    return "".join(f"{line}\n" for group in groups for line in _lines(group, folder, colour))


def _lines(group: FindingGroup, folder: str, colour: bool) -> Iterator[str]:
    label = f"[{group.severity.value}]"
    for finding in group.listed:
        if finding.path:
            finding = replace(finding, path=file_path(folder, finding.path))
        yield printable(str(finding)).replace(label, paint(label, group.severity, colour), 1)
    if len(group.listed) < group.total:
        first = group.listed[0]
        where = f"in {group.files:,} files" if group.files > 1 else "in this file"
        yield (
            f"    … {group.total:,} {first.code} {first.name} {where}; "
            "`monograph-site check` shows all of them"
        )
