"""What is wrong, where, and what to do about it. A fault in content is a value of this kind, never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .text import Span


class Severity(StrEnum):
    """How bad a finding is. `error` keeps the site from being published (unless --keep-going), the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what and where, in the words of the person who can mend it."""

    path: str
    """The content file, relative to the content folder; `site.yaml` for the configuration; '' for the whole site."""
    span: Span
    """Line and column, one-based."""
    code: str
    """Stable short code, never reused: `MS101`."""
    name: str
    """Stable name of the fault: `no-section`."""
    severity: Severity
    message: str
    """What is wrong and what to do next, naming the offending value."""
    withheld: bool = False
    """True where the file cannot become a page at all (unreadable, unsafe, two files for one address)."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.span.line}:{self.span.column}" if self.path else "site"
        return f"{place} {self.code} {self.name} [{self.severity.value}] {self.message}"


@dataclass(frozen=True, slots=True)
class Finding:
    """The kind of a diagnostic: its code, name and usual severity. `at` makes the diagnostic."""

    code: str
    name: str
    severity: Severity
    withheld: bool = False

    def at(self, path: str, span: Span, message: str) -> Diagnostic:
        """The diagnostic of this kind at a place."""
        return Diagnostic(path, span, self.code, self.name, self.severity, message, self.withheld)


def ordered(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings without repetitions, by path, place, code and message: the same in every process layout."""
    return tuple(sorted(set(found), key=lambda d: (d.path, d.span, d.code, d.message)))
