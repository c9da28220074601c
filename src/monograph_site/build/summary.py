"""What a build did: for the last line on a terminal, and for machines."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..check import formats
from ..model.finding import Finding, Severity, ordered

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    monographs: int
    """Content files that became a page."""
    pages: int
    """Files the site has."""
    findings: tuple[Finding, ...]
    published: bool
    """Whether the output is now what the content says."""
    rendered: tuple[str, ...] = ()
    """Site paths of what was rendered."""
    removed: tuple[str, ...] = ()
    """Site paths of what is no longer there."""
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether the content has an error."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def unchanged(self) -> int:
        """Files that needed no rendering."""
        return self.pages - len(self.rendered) if self.published else 0

    def about(self) -> dict[str, Any]:
        """The numbers, for machines."""
        numbers = formats.counts(self.findings)
        return {
            "monographs": self.monographs,
            "pages": self.pages,
            "rendered": list(self.rendered),
            "unchanged": self.unchanged,
            "removed": list(self.removed),
            "published": self.published,
            **{f"{severity.value}s": numbers[severity] for severity in Severity},
            "seconds": {stage: round(value, 3) for stage, value in self.seconds.items()},
        }

    def as_json(self, folder: str = "") -> dict[str, Any]:
        """Everything, for machines. `folder` leads from the current directory to the content:
        `content/`."""
        return {
            **self.about(),
            "diagnostics": [formats.as_json(one, folder) for one in ordered(self.findings)],
        }

    def checked(self) -> str:
        """The closing line of a check."""
        return f"{_count(self.monographs, 'monograph')}; {self._found()}"

    def line(self) -> str:
        """The closing line of a build."""
        done = f"{len(self.rendered):,} rendered, {self.unchanged:,} unchanged, {len(self.removed):,} removed"
        what = f"{self.pages:,} files: {done}" if self.published else "nothing was published"
        return f"{_count(self.monographs, 'monograph')}, {what}; {self._found()}"

    def _found(self) -> str:
        numbers = formats.counts(self.findings)
        found = ", ".join(
            _count(numbers[severity], severity.value) for severity in Severity if numbers[severity]
        )
        took = f" ({self.seconds['total']:.2f} s)" if "total" in self.seconds else ""
        return f"{found or 'no findings'}{took}"


class Clock:
    """Seconds by stage, and how far a stage has come. Both are shown and never kept."""

    def __init__(self, progress: Progress | None = None) -> None:
        """`progress` is told stage, number done and number of all."""
        self.step: Progress = progress or (lambda stage, done, total: None)
        self.seconds: dict[str, float] = {"total": 0.0}
        self._start = self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self.seconds["total"] = now - self._start
        self._last = now


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 or word == 'info' else 's'}"
