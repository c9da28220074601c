"""`github`: workflow commands, which GitHub Actions shows at the lines of a pull request.

See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.finding import Finding, Severity, ordered
from ...model.strings import printable
from .style import count_by_severity, file_path
from .view import View

MAX_SHOWN = 10
"""Annotations of one level that GitHub Actions shows for a step."""
_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(view: View) -> Iterator[str]:
    """A command for each finding: `::error file=…,line=…,col=…,title=CODE name::message`.

    Actions shows only the first `MAX_SHOWN` annotations of each level; the last command says how many
    more there are. Info findings are left out unless the view lists them.
    """
    listed = view.listed()
    shown = _first_of_each_level(listed)
    for finding in shown:
        properties = ",".join(
            f"{key}={_escape_property(printable(value))}"
            for key, value in _properties(finding, view.root).items()
        )
        message = "\n".join(printable(line) for line in (finding.message, finding.hint) if line)
        yield f"::{_COMMAND[finding.severity]} {properties}::{_escape_message(message)}\n"
    hidden = len(listed) - len(shown)
    if hidden:
        numbers = count_by_severity(listed)
        counts = ", ".join(f"{numbers[severity]:,} {severity.value}" for severity in numbers)
        message = (
            f"{hidden:,} more findings are not shown here (all: {counts}). "
            "Run `monograph-site check` to list them."
        )
        yield f"::notice title=monograph-site::{_escape_message(message)}\n"


def _first_of_each_level(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that Actions shows, with room for a last notice where it does not show all."""
    by_level: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
    for finding in findings:
        by_level[finding.severity].append(finding)
    if any(len(group) > MAX_SHOWN for group in by_level.values()):
        del by_level[Severity.INFO][MAX_SHOWN - 1 :]
    return ordered(finding for group in by_level.values() for finding in group[:MAX_SHOWN])


def _properties(finding: Finding, root: str) -> dict[str, str]:
    title = f"{finding.code} {finding.name}"
    if not finding.path:
        return {"title": title}
    line, column = finding.span.line, finding.span.column
    return {
        "file": file_path(root, finding.path),
        "line": str(line),
        "endLine": str(line),
        "col": str(column),
        "endColumn": str(column + finding.length),
        "title": title,
    }


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
