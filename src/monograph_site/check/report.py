"""The findings of a run: all of them, and in the groups that the closing lines of a build show.

A run in which nothing changed prints the groups of the last one. The findings themselves, often
thousands, stay encoded until somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec
from msgspec import Struct

from ..model.finding import Finding, Severity
from .formats.brief import FindingGroup, group_findings


class FindingReport(Struct, frozen=True, dict=True):
    """The findings of a run, in order."""

    groups: tuple[FindingGroup, ...]
    encoded: msgspec.Raw

    @staticmethod
    def of(findings: Iterable[Finding]) -> FindingReport:
        """The report of findings that are in order."""
        in_order = tuple(findings)
        encoded = msgspec.Raw(msgspec.msgpack.encode(in_order))
        report = FindingReport(group_findings(in_order), encoded)
        report.__dict__["findings"] = in_order  # as the property keeps them
        return report

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings."""
        return msgspec.msgpack.decode(self.encoded, type=tuple[Finding, ...])

    @property
    def counts(self) -> dict[Severity, int]:
        """The number of findings of each severity, errors first."""
        numbers = dict.fromkeys(Severity, 0)
        for group in self.groups:
            numbers[group.severity] += group.total
        return numbers

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return self.counts[Severity.ERROR] > 0


NO_FINDINGS = FindingReport.of(())
