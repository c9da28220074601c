"""What a build or check did: for its closing line, and for machines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct, field

from ..check import formats
from ..check.formats.style import plural
from ..check.report import FindingReport
from ..model.errors import WorkerCrashed
from ..model.finding import Finding, Severity, ordered

Progress = Callable[[str, int, int], None]
"""Called with the stage, the number of items done and the number of all items."""
Notify = Callable[[str], None]
"""Called with a message for the user."""


SLOWEST_PAGES = 10
"""Pages that a profile lists."""


class PageTime(NamedTuple):
    """How long rendering and writing a page took."""

    url: str
    template: str
    seconds: float


class Summary(Struct, frozen=True):
    """What a build or check did."""

    monographs: int
    """Number of content files that became a page."""
    pages: int
    """Number of files of the site."""
    report: FindingReport
    published: bool
    """Whether the output folder now holds the site that the content makes."""
    rendered: tuple[str, ...] = ()
    """Site paths of the files that were rendered."""
    removed: tuple[str, ...] = ()
    """Site paths of the files that were removed."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Elapsed time by stage, and in `total`."""
    page_times: tuple[PageTime, ...] = ()
    """How long each rendered page took."""
    moved: dict[str, str] = field(default_factory=dict)
    """The present site path of each page by its former one, which leads nowhere now."""
    manual_url: str = ""
    """The address of the page with the manuals of all findings (`rules --format markdown`) on the
    published site; '' where a check found none, or no `base_url` with a host."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in order."""
        return self.report.findings

    @property
    def has_errors(self) -> bool:
        """Whether the content has an error."""
        return self.report.has_errors

    @property
    def unchanged(self) -> int:
        """Number of published files that needed no rendering."""
        return self.pages - len(self.rendered) if self.published else 0

    def about(self) -> dict[str, Any]:
        """The numbers as plain values, without the findings."""
        numbers = self.report.counts
        return {
            "monographs": self.monographs,
            "pages": self.pages,
            "rendered": list(self.rendered),
            "unchanged": self.unchanged,
            "removed": list(self.removed),
            "moved": self.moved,
            "published": self.published,
            **{f"{severity.value}s": numbers[severity] for severity in Severity},
            "seconds": {stage: round(value, 3) for stage, value in self.seconds.items()},
        }

    def as_json(self, folder: str = "") -> dict[str, Any]:
        """Numbers and findings as plain values. `folder` leads from the current directory to the
        content: `content/`."""
        findings = [formats.finding_as_json(finding, folder) for finding in ordered(self.findings)]
        return {**self.about(), "diagnostics": findings}

    def check_line(self) -> str:
        """The closing line of a check."""
        return f"{plural(self.monographs, 'monograph')}; {self._findings_and_time()}"

    def build_line(self) -> str:
        """The closing line of a build."""
        files = "nothing was published"
        if self.published:
            files = (
                f"{self.pages:,} files: {len(self.rendered):,} rendered, "
                f"{self.unchanged:,} unchanged, {len(self.removed):,} removed"
            )
        return f"{plural(self.monographs, 'monograph')}, {files}; {self._findings_and_time()}"

    def profile_lines(self) -> Iterator[str]:
        """Where the time went: by stage, by template, and the slowest pages."""
        yield "stage                seconds"
        for stage, seconds in self.seconds.items():
            yield f"{stage:<20}{seconds:>8.3f}"
        if not self.page_times:
            return
        by_template: dict[str, list[float]] = {}
        for page in self.page_times:
            by_template.setdefault(page.template, []).append(page.seconds)
        yield "template                  seconds    pages   ms each"
        for name, times in sorted(by_template.items(), key=lambda item: -sum(item[1])):
            total, count = sum(times), len(times)
            yield f"{name:<25}{total:>8.3f}{count:>9,}{1000 * total / count:>10.2f}"
        yield "slowest pages                  ms"
        for page in sorted(self.page_times, key=lambda page: -page.seconds)[:SLOWEST_PAGES]:
            yield f"{1000 * page.seconds:>33.2f}  {page.url}"

    def _findings_and_time(self) -> str:
        numbers = self.report.counts
        findings = ", ".join(
            f"{number:,} info" if severity is Severity.INFO else plural(number, severity.value)
            for severity, number in numbers.items()
            if number
        )
        time_taken = f" ({self.seconds['total']:.2f} s)" if "total" in self.seconds else ""
        return f"{findings or 'no findings'}{time_taken}"


class Clock:
    """Measures the seconds of each stage, and reports progress. Nothing of it is kept on disk."""

    def __init__(self, progress: Progress | None = None, notify: Notify = lambda _: None) -> None:
        """See `Progress`; None where nobody watches."""
        self.step: Progress = progress or (lambda stage, done, total: None)
        self.notify = notify
        self.seconds: dict[str, float] = {"total": 0.0}
        self._start = self._last = time.perf_counter()

    def report_crash(self, crash: WorkerCrashed) -> None:
        """Say that a worker died, and that its work is done again."""
        self.notify(f"{crash.what}; trying again, one at a time")

    def lap(self, stage: str) -> None:
        """End a stage: the time since the last one ended is its own."""
        time_now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time_now - self._last
        self.seconds["total"] = time_now - self._start
        self._last = time_now
