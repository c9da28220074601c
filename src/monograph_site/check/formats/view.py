"""The findings of a check, with everything that a format needs to show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.finding import Finding, FindingKind, Severity
from .style import file_path

DEFAULT_WIDTH = 120
"""Columns where there is no terminal."""


@dataclass(frozen=True, slots=True)
class View:
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
        """The findings that are listed for a reader: info findings only if the view is verbose."""
        if self.verbose:
            return self.findings
        return [finding for finding in self.findings if finding.severity is not Severity.INFO]
