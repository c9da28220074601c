"""What a check found, and for whom it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.finding import Finding, FindingKind, Severity

WIDTH = 120
"""Columns where there is no terminal."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything a format may use."""

    found: Sequence[Finding]
    """In order (see `findings.ordered`)."""
    folder: str = ""
    """What leads from the current directory to the content: `content/`; '' where it is the content
    folder itself."""
    root: str = ""
    """What leads from the top of the git repository to the content; `folder` where there is no
    repository."""
    verbose: bool = False
    """Whether infos are shown one by one, too."""
    colour: bool = False
    width: int = WIDTH
    """Columns of the terminal."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """The numbers of the check, for machines."""
    kinds: Callable[[], Sequence[FindingKind]] = tuple
    """Every kind of finding there is; a function, since they all have to be imported for it."""

    def file(self, one: Finding) -> str:
        """The file as one opens it from the current directory; '' for the whole site."""
        return self.folder + one.path if one.path else ""

    def place(self, one: Finding) -> str:
        """Where a terminal or an editor jumps to: `content/drugs/x.md:3:7`."""
        return f"{self.folder}{one.path}:{one.span.line}:{one.span.column}" if one.path else "site"

    def shown(self) -> Sequence[Finding]:
        """The findings that are shown one by one to a reader: infos only where they are asked for."""
        return (
            self.found
            if self.verbose
            else [one for one in self.found if one.severity is not Severity.INFO]
        )
