"""`junit`: the XML that test runners write, for CI systems that read no other format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ...model.finding import Finding, Severity
from ...model.strings import printable
from .style import count_by_severity
from .view import View


def write_junit(view: View) -> Iterator[str]:
    """A suite for each file with findings, and a case for each finding: errors and warnings are
    failures, info findings are passed cases with output.

    Where there are no findings, there is one passed case, since some systems reject a report
    without cases.
    """
    failures = _failures(view.findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<testsuites name="monograph-site" tests="{len(view.findings) or 1}" '
        f'failures="{failures}">\n'
    )
    for path, in_file in groupby(view.findings, lambda finding: finding.path):
        yield from _suite(view, path, list(in_file))
    if not view.findings:
        yield '<testsuite name="monograph-site" tests="1" failures="0" errors="0" skipped="0">\n'
        yield '<testcase classname="monograph-site" name="no findings" time="0"/>\n</testsuite>\n'
    yield "</testsuites>\n"


def _suite(view: View, path: str, findings: list[Finding]) -> Iterator[str]:
    name = _attribute(view.folder + path if path else "site")
    yield (
        f'<testsuite name={name} tests="{len(findings)}" failures="{_failures(findings)}" '
        'errors="0" skipped="0">\n'
    )
    yield from _cases(view, name, findings)
    yield "</testsuite>\n"


def _cases(view: View, suite: str, findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        span, severity = finding.span, finding.severity
        name = _attribute(f"{finding.code} {finding.name} at {span.line}:{span.column}")
        details = (view.place(finding), finding.excerpt, finding.hint)
        text = escape("\n".join(printable(line) for line in details if line))
        if severity is Severity.INFO:
            output = f"{escape(printable(finding.message))}\n{text}"
            outcome = f"<system-out>{output}</system-out>"
        else:
            message = _attribute(finding.message)
            outcome = f'<failure type="{severity.value}" message={message}>{text}</failure>'
        yield f'<testcase classname={suite} name={name} time="0">{outcome}</testcase>\n'


def _failures(findings: Iterable[Finding]) -> int:
    numbers = count_by_severity(findings)
    return numbers[Severity.ERROR] + numbers[Severity.WARNING]


def _attribute(text: str) -> str:
    """A quoted attribute value. Every character that Python calls printable is allowed in XML."""
    return quoteattr(printable(text))
