"""`github`: workflow commands, which GitHub Actions shows beside the changed lines of a pull
request."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Finding, Severity
from ...model.strings import printable
from .view import View

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(view: View) -> Iterator[str]:
    """One command a finding: `::error file=…,line=…,col=…,endColumn=…,title=CODE name::message`.

    Infos only where they are asked for: Actions shows ten annotations of each level, and they
    should be those that matter.
    """
    for one in view.shown():
        properties = ",".join(
            f"{key}={_escaped(value)}" for key, value in _properties(one, view.root).items()
        )
        message = "\n".join(printable(line) for line in (one.message, one.hint) if line)
        yield f"::{_COMMAND[one.severity]} {properties}::{_data(message)}\n"


def _properties(one: Finding, root: str) -> dict[str, str]:
    title = f"{one.code} {one.name}"
    if not one.path:
        return {"title": title}
    line, column = one.span.line, one.span.column
    place = {"file": root + one.path, "line": f"{line}", "endLine": f"{line}", "col": f"{column}"}
    return {**place, "endColumn": f"{column + one.length}", "title": title}


def _data(text: str) -> str:
    """As Actions wants a message: what would end the command is escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(text: str) -> str:
    """As Actions wants the value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
