"""Many info findings of one kind as one finding about the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ..model.finding import Finding, Severity, ordered
from ..model.source import Span

MAX_FILES = 20
"""Files in which info findings of one kind are listed individually."""


def summarise(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, in order; info findings of one kind in more than `MAX_FILES` files become one
    finding about the site, with their number and the first of them."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    return ordered(item for group in by_code.values() for item in _summarised(group))


def _summarised(group: list[Finding]) -> Iterator[Finding]:
    infos = list(filter(_is_summarised, group))
    files = {finding.path for finding in infos}
    if len(files) <= MAX_FILES:
        yield from group
        return
    yield from (finding for finding in group if not _is_summarised(finding))
    first = min(infos, key=lambda finding: (finding.path, finding.span))
    place = f"{first.path}:{first.span.line}:{first.span.column}"
    message = (
        f"{len(infos):,} findings in {len(files):,} files; the first, {place}: {first.message}"
    )
    yield replace(
        first,
        path="",
        span=Span(),
        message=message,
        hint="To list them: --verbose, or --select with this code.",
        length=1,
        excerpt="",
        excerpt_from=1,
    )


def _is_summarised(finding: Finding) -> bool:
    return finding.severity is Severity.INFO and bool(finding.path)
