"""The findings of a check, with everything that a format needs to show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ...model.finding import Finding, FindingKind, Severity
from .style import file_path

DEFAULT_WIDTH = 120
"""Columns where there is no terminal."""
NAMES_ONCE_A_SITE = frozenset({"foreign-value", "unknown-key"})
"""Names of findings on keys of front matter. A folder has most of its keys in every file, and one
line says as much as a thousand."""


class View(Struct, frozen=True):
    """Findings and how to show them."""

    findings: Sequence[Finding]
    """In order (see `model.finding.ordered`)."""
    folder: str = ""
    """Leads from the current directory to the content folder: `content/`; '' where it is the
    content folder itself."""
    root: str = ""
    """Leads from the top folder of the git repository to the content folder; `folder` where there
    is no repository."""
    verbose: bool = False
    """Whether info findings are listed too."""
    colour: bool = False
    width: int = DEFAULT_WIDTH
    """Columns of the terminal."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """The numbers of the check, as plain values."""
    kinds: Callable[[], Sequence[FindingKind]] = tuple
    """Every kind of finding; a function, since they all have to be imported for it."""
    version: str = ""
    """The version of this program."""
    manual_url: str = ""
    """The address of the page with all manuals; '' where it is not published."""

    def place(self, finding: Finding) -> str:
        """The place of a finding as terminals and editors recognise it: `content/drugs/x.md:3:7`;
        `site` where it is about no file."""
        if not finding.path:
            return "site"
        path = file_path(self.folder, finding.path)
        return f"{path}:{finding.span.line}:{finding.span.column}"

    def listed(self) -> Sequence[Finding]:
        """The findings that are listed for a reader: info findings only if the view is verbose, and
        a key that many files have in the same way only once."""
        shown = [
            finding
            for finding in self.findings
            if self.verbose or finding.severity is not Severity.INFO
        ]
        return list(_once_a_site(shown))


def _once_a_site(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, of those of one key in several files only the first, with their number."""
    numbers = Counter(finding.message for finding in findings if finding.name in NAMES_ONCE_A_SITE)
    for finding in findings:
        more = numbers.pop(finding.message, 0) - 1 if finding.name in NAMES_ONCE_A_SITE else 0
        if more > 0:
            yield replace(finding, message=f"{finding.message} The same in {more:,} more places.")
        elif more == 0:
            yield finding
