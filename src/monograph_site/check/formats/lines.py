"""For programs: `line`, `json` and `jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...model.strings import printable
from .style import finding_as_json
from .view import View


def write_lines(view: View) -> Iterator[str]:
    """`line`: `path:line:column CODE name [severity] message hint`, for editors and `grep`."""
    for finding in view.findings:
        words = (
            view.place(finding),
            finding.code,
            finding.name,
            f"[{finding.severity}]",
            finding.message,
            finding.hint,
        )
        yield printable(" ".join(filter(None, words))) + "\n"


def write_json(view: View) -> Iterator[str]:
    """`json`: one object, on one line, with the numbers of the check and all findings."""
    findings = [finding_as_json(finding, view.folder) for finding in view.findings]
    yield json.dumps({**view.about, "diagnostics": findings}, ensure_ascii=False) + "\n"


def write_json_lines(view: View) -> Iterator[str]:
    """`jsonl`: one object on each line for each finding, for programs that read a stream."""
    for finding in view.findings:
        yield json.dumps(finding_as_json(finding, view.folder), ensure_ascii=False) + "\n"
