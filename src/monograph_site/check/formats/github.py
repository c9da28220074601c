"""`github`: workflow commands, which GitHub Actions shows at the lines of a pull request.

See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Finding, Severity
from ...model.strings import printable
from .style import file_path
from .view import View

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(view: View) -> Iterator[str]:
    """A command for each finding: `::error file=…,line=…,col=…,title=CODE name::message`.

    Info findings are left out unless the view lists them: Actions shows only ten annotations of
    each level.
    """
    for finding in view.listed():
        properties = ",".join(
            f"{key}={_escape_property(value)}"
            for key, value in _properties(finding, view.root).items()
        )
        message = "\n".join(printable(line) for line in (finding.message, finding.hint) if line)
        yield f"::{_COMMAND[finding.severity]} {properties}::{_escape_message(message)}\n"


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
