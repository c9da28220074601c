"""`junit`: the XML that test runners write, for CI systems that show nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ...model.finding import Finding, Severity
from ...model.strings import printable
from .style import counts
from .view import View


def write_junit(view: View) -> Iterator[str]:
    """A suite for each file with findings, a case for each finding: errors and warnings fail, infos
    pass.

    Where nothing was found there is one case that passes, since some systems call a report without
    any broken.
    """
    numbers = counts(view.found)
    failures = numbers[Severity.ERROR] + numbers[Severity.WARNING]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="monograph-site" tests="{len(view.found) or 1}" failures="{failures}">\n'
    for path, some in groupby(view.found, lambda one: one.path):
        yield from _suite(view, path, list(some))
    if not view.found:
        yield '<testsuite name="monograph-site" tests="1" failures="0" errors="0" skipped="0">\n'
        yield '<testcase classname="monograph-site" name="no findings" time="0"/>\n</testsuite>\n'
    yield "</testsuites>\n"


def _suite(view: View, path: str, some: list[Finding]) -> Iterator[str]:
    numbers = counts(some)
    name = _value(view.folder + path if path else "site")
    failures = numbers[Severity.ERROR] + numbers[Severity.WARNING]
    yield f'<testsuite name={name} tests="{len(some)}" failures="{failures}" errors="0" skipped="0">\n'
    yield from _cases(view, name, some)
    yield "</testsuite>\n"


def _cases(view: View, suite: str, some: Iterable[Finding]) -> Iterator[str]:
    for one in some:
        name = _value(f"{one.code} {one.name} at {one.span.line}:{one.span.column}")
        text = _text(
            "\n".join(printable(line) for line in (view.place(one), one.excerpt, one.hint) if line)
        )
        if one.severity is Severity.INFO:
            inside = f"<system-out>{_text(printable(one.message))}\n{text}</system-out>"
        else:
            inside = f'<failure type="{one.severity.value}" message={_value(one.message)}>{text}</failure>'
        yield f'<testcase classname={suite} name={name} time="0">{inside}</testcase>\n'


def _value(text: str) -> str:
    return quoteattr(printable(text))


def _text(text: str) -> str:
    """Text for XML; what a printable sign is in Python is allowed there, too."""
    return escape(text)
