"""`fix`: the certain corrections in the files of a site, and what is left to an editor."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from ..build.options import Options, read_inputs
from ..build.pipeline import check
from ..build.state import cached_config
from ..check.kinds import findings as finding_kinds
from ..check.selection import Selection
from ..config import Config
from ..model.errors import describe_os_error
from ..model.files import SOURCE_SUFFIXES
from ..model.finding import Finding
from .files import CHANGED_MEANWHILE, replace_file
from .fix import FixedFile, fix_content

MAX_ROUNDS = 5
"""Checks of the whole site after corrections: one may be that a suppression is unused now."""


class FixReport(Struct):
    """What `fix` did."""

    fixed: dict[str, Counter[str]] = field(default_factory=dict)
    """The number of corrections by content path and name of the finding."""
    left_alone: dict[str, str] = field(default_factory=dict)
    """The files that could not be written, with the reason."""
    remaining: tuple[Finding, ...] = ()
    """The selected findings that there are now, suppressed ones left out."""
    diffs: list[str] = field(default_factory=list)
    """The lines of the changes, in the unified format, where nothing was written."""


class FixRequest(Struct, frozen=True):
    """What to correct, and how."""

    options: Options
    selection: Selection
    unsafe: bool = False
    """Whether to make corrections that replace words too."""
    writes: bool = True
    """Whether files are changed; else the report has the changes."""

    def wants(self, finding: Finding) -> bool:
        """Whether a finding is to be corrected."""
        return (
            finding.fixable
            and self.selection.shows(finding)
            and (self.unsafe or finding.name not in _names_of_unsafe())
        )


def fix_site(request: FixRequest) -> FixReport:
    """Correct the files of a site. Raises a `MonographError`, or OSError for a folder that cannot be
    read; files that cannot be written are in the report."""
    report = FixReport()
    inputs = read_inputs(request.options)
    config, _ = cached_config(inputs.settings, request.options, inputs.code)
    for _ in range(MAX_ROUNDS if request.writes else 1):
        findings = check(request.options).findings
        report.remaining = tuple(filter(request.selection.shows, findings))
        is_changed = [
            _fix_file(request, path, config, in_file, report)
            for path, in_file in _by_file(request, findings, report)
        ]
        if not any(is_changed):
            break
    return report


def _names_of_unsafe() -> frozenset[str]:
    return frozenset(kind.name for kind in finding_kinds() if kind.changes_words)


def _by_file(
    request: FixRequest, findings: Sequence[Finding], report: FixReport
) -> Iterator[tuple[str, list[Finding]]]:
    """The content files with findings to correct, and these."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        is_content = (
            finding.path.endswith(SOURCE_SUFFIXES) and finding.path not in report.left_alone
        )
        if is_content and request.wants(finding):
            by_file.setdefault(finding.path, []).append(finding)
    yield from by_file.items()


def _fix_file(
    request: FixRequest, path: str, config: Config, findings: Sequence[Finding], report: FixReport
) -> bool:
    """Correct one file; whether it was changed."""
    known = [finding for finding in findings if finding.name == "unused-ignore"]

    def correct(content: bytes) -> FixedFile:
        return fix_content(path, content, config, request.wants, known)

    file = request.options.content / path
    try:
        before = file.read_bytes()
        result = correct(before)
        if result.content == before:
            return False
        if not request.writes:
            report.diffs += diff_lines(str(file), before, result.content)
        elif not replace_file(file, before, result.content):
            report.left_alone[path] = CHANGED_MEANWHILE
            return False
    except UnicodeDecodeError:
        return False
    except OSError as error:
        report.left_alone[path] = describe_os_error(error)
        return False
    report.fixed.setdefault(path, Counter()).update(result.fixed)
    return request.writes


def diff_lines(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """The change of a file, in the unified format."""
    old, new = (content.decode().splitlines(keepends=True) for content in (before, after))
    for line in difflib.unified_diff(old, new, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
