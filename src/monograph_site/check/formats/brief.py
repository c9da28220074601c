"""`brief`, for `build`: findings by severity and code, and only the first of many of one code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...model.finding import Finding, ordered
from ...model.strings import printable
from .style import paint

MAX_LISTED = 5
"""If a code has more findings than this, only `LISTED_OF_MANY` of them are listed."""
LISTED_OF_MANY = 3


def write_brief(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """Findings by severity and code, one a line: `path:line:column CODE name [severity] message`.

    Of a code with more than five findings only the first three are listed, with the number of all:
    among ten thousand lines, readers would miss the important one.
    """
    return "".join(f"{line}\n" for line in _lines(ordered(findings), colour))


def _lines(findings: Sequence[Finding], colour: bool) -> Iterator[str]:
    by_code: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        by_code.setdefault((finding.severity.rank, finding.code), []).append(finding)
    for _, group in sorted(by_code.items()):
        listed = group if len(group) <= MAX_LISTED else group[:LISTED_OF_MANY]
        for finding in listed:
            label = f"[{finding.severity.value}]"
            yield printable(str(finding)).replace(label, paint(label, finding.severity, colour), 1)
        if len(listed) < len(group):
            files = len({finding.path for finding in group})
            where = f"in {files:,} files" if files > 1 else "in this file"
            yield (
                f"    … {len(group):,} {group[0].code} {group[0].name} {where}; "
                "`monograph-site check` shows all of them"
            )
